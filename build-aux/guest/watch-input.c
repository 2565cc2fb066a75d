/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Part of the test guest: tells on its screen and its serial line where the pointer was pressed,
 * and switches the machine off when its power button is. */
#include <dirent.h>
#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <unistd.h>

#define MAX_DEVICES 16

static struct pollfd devices[MAX_DEVICES];
static int position[MAX_DEVICES][2];

static void
say (const char *text)
{
  static const char * const terminals[] = { "/dev/tty1", "/dev/ttyS0" };
  ssize_t written;

  for (int i = 0; i < 2; i++)
    {
      int fd = open (terminals[i], O_WRONLY | O_NOCTTY | O_NONBLOCK);

      if (fd < 0)
        continue;
      written = write (fd, text, strlen (text));
      (void) written;
      close (fd);
    }
}

/* In thousandths of the screen's width or height */
static int
scale (int fd,
       int axis,
       int value)
{
  struct input_absinfo info;

  if (ioctl (fd, EVIOCGABS (axis), &info) < 0 || info.maximum <= info.minimum)
    return value;
  return (int) ((long) (value - info.minimum) * 1000 / (info.maximum - info.minimum));
}

static const char *
button_name (int code)
{
  switch (code)
    {
    case BTN_LEFT:
    case BTN_TOUCH:
      return "left";
    case BTN_RIGHT:
      return "right";
    case BTN_MIDDLE:
      return "middle";
    default:
      return NULL;
    }
}

int
main (void)
{
  char text[128];
  int n = 0;

  for (int i = 0; i < MAX_DEVICES; i++)
    {
      snprintf (text, sizeof text, "/dev/input/event%d", i);
      devices[n].fd = open (text, O_RDONLY | O_NONBLOCK);
      devices[n].events = POLLIN;
      if (devices[n].fd >= 0)
        n++;
    }

  while (n > 0 && poll (devices, (nfds_t) n, -1) > 0)
    for (int i = 0; i < n; i++)
      {
        struct input_event event;

        while (read (devices[i].fd, &event, sizeof event) == sizeof event)
          {
            if (event.type == EV_ABS && event.code == ABS_X)
              position[i][0] = scale (devices[i].fd, ABS_X, event.value);
            else if (event.type == EV_ABS && event.code == ABS_Y)
              position[i][1] = scale (devices[i].fd, ABS_Y, event.value);
            else if (event.type == EV_KEY && event.value == 1 && event.code == KEY_POWER)
              {
                say ("\r\npower button\r\n");
                sync ();
                reboot (RB_POWER_OFF);
              }
            else if (event.type == EV_KEY && event.value == 1 && button_name (event.code))
              {
                snprintf (text, sizeof text, "\r\nclick %s %d %d\r\n", button_name (event.code),
                          position[i][0], position[i][1]);
                say (text);
              }
            else if (event.type == EV_REL && event.code == REL_WHEEL)
              {
                snprintf (text, sizeof text, "\r\nwheel %d\r\n", event.value);
                say (text);
              }
          }
      }
  return 0;
}
