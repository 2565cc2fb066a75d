/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "rfb-server.h"
#include "spice-server.h"

/* The server of build-aux/bench/bench-console.py: bench-server spice|vnc WIDTH HEIGHT FRAMES-A-SECOND
 *
 * Prints its port. A line of its input is a pattern to paint from then on, and is answered by the number of frames so
 * far: c 64×64 at wandering places, t a line of text, q a quarter, f everything, - nothing. */

static SpiceTest *spice;
static RfbServer *rfb;
static int width;
static int height;
static char pattern = '-';
static guint frames;
static guint32 seed;

static gboolean
frame_cb (gpointer user_data)
{
  int x = 0;
  int y = 0;
  int w = width;
  int h = height;

  switch (pattern)
    {
    case 'c':
      w = h = 64;
      x = (int) (seed * 97) % (width - w);
      y = (int) (seed * 61) % (height - h);
      break;
    case 't':
      h = 16;
      y = (int) (seed * 16) % (height - h);
      break;
    case 'q':
      w = width / 2;
      h = height / 2;
      x = width / 4;
      y = height / 4;
      break;
    case 'f':
      break;
    default:
      return G_SOURCE_CONTINUE;
    }

  seed++;
  frames++;
  if (spice != NULL)
    spice_test_paint (spice, seed, x, y, w, h);
  else
    rfb_server_paint (rfb, seed, x, y, w, h);
  return G_SOURCE_CONTINUE;
}

static gboolean
line_cb (GIOChannel   *channel,
         GIOCondition  condition,
         gpointer      user_data)
{
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (user_data);
      return G_SOURCE_REMOVE;
    }
  pattern = line[0];
  printf ("%u\n", frames);
  fflush (stdout);
  return G_SOURCE_CONTINUE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);

  if (argc != 5)
    return EXIT_FAILURE;
  width = atoi (argv[2]);
  height = atoi (argv[3]);
  if (g_str_equal (argv[1], "spice"))
    {
      const SpiceTestOptions options = { .width = width, .height = height, .tablet = TRUE };

      spice = spice_test_new (&options);
      printf ("%u\n", spice_test_get_port (spice));
    }
  else
    {
      const RfbOptions options = { .width = width, .height = height, .key_codes = TRUE };

      rfb = rfb_server_new (&options);
      printf ("%u\n", rfb_server_get_port (rfb));
    }
  fflush (stdout);
  g_timeout_add (1000 / (guint) atoi (argv[4]), frame_cb, NULL);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, line_cb, loop);
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
