/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lodge-console-info.h"

G_BEGIN_DECLS

/* What a display can share with the person besides picture and input */
typedef enum
{
  LODGE_CONSOLE_RESIZE,
  LODGE_CONSOLE_CLIPBOARD,
  LODGE_CONSOLE_FILES,
  LODGE_CONSOLE_FOLDER,
  LODGE_CONSOLE_SOUND,
  LODGE_CONSOLE_USB,
  LODGE_CONSOLE_SMARTCARD,
  LODGE_CONSOLE_POINTER,
} LodgeConsoleFeature;

/* The one part that is missing, in one line, and what would mend it */
typedef struct
{
  char            *text;   /* owned */
  LodgeConsoleFix  fix;    /* NONE: nothing that can be done from here */
} LodgeConsoleAdvice;

void     lodge_console_advice_clear (LodgeConsoleAdvice  *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LodgeConsoleAdvice, lodge_console_advice_clear)

/* Pure. @has_agent: the guest's agent works together with the display. FALSE: nothing is known to be missing */
gboolean lodge_console_advice_find  (LodgeConsoleFeature  feature,
                                     LodgeConsoleInfo    *info,
                                     gboolean             has_agent,
                                     LodgeConsoleAdvice  *advice);

G_END_DECLS
