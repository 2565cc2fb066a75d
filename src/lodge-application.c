/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-application"

#include "config.h"

#include "lodge-application.h"

#include <glib/gi18n.h>
#include <locale.h>

struct _LodgeApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (LodgeApplication, lodge_application, ADW_TYPE_APPLICATION)

static void
lodge_application_class_init (LodgeApplicationClass *klass)
{
}

static void
lodge_application_init (LodgeApplication *self)
{
}

LodgeApplication *
lodge_application_new (const char        *application_id,
                       GApplicationFlags  flags)
{
  return g_object_new (LODGE_TYPE_APPLICATION,
                       "application-id", application_id,
                       "flags", flags,
                       "resource-base-path", RESOURCE_PATH,
                       NULL);
}

int
lodge_application_main (int   argc,
                        char *argv[])
{
  g_autoptr(LodgeApplication) app = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  app = lodge_application_new (APPLICATION_ID, G_APPLICATION_DEFAULT_FLAGS);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
