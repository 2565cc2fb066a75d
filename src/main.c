/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-application.h"

int
main (int   argc,
      char *argv[])
{
  return lodge_application_main (argc, argv);
}
