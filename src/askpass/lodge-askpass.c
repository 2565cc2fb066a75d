/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* What ssh runs to ask something (SSH_ASKPASS). It has no window: it hands the question to the Lodge that started
 * ssh and prints the answer. Plain C without a library, as it is started for each question.
 *
 * To Lodge: magic "LA1\n", then token, kind (SSH_ASKPASS_PROMPT) and question, each as a length (32 bit, host's order)
 * and bytes, then the process number of the ssh that asks. From Lodge: one byte 'y' (answered) or 'n' (cancelled), a
 * length and the answer. */

#define MAX_ANSWER 4096

static int
write_all (int         fd,
           const void *data,
           size_t      length)
{
  const char *p = data;

  while (length > 0)
    {
      ssize_t n = write (fd, p, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return -1;
      p += n;
      length -= (size_t) n;
    }
  return 0;
}

static int
read_all (int     fd,
          void   *data,
          size_t  length)
{
  char *p = data;

  while (length > 0)
    {
      ssize_t n = read (fd, p, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return -1;
      p += n;
      length -= (size_t) n;
    }
  return 0;
}

static int
write_text (int         fd,
            const char *text)
{
  const uint32_t length = (uint32_t) strlen (text);

  return write_all (fd, &length, sizeof length) == 0 && write_all (fd, text, length) == 0 ? 0 : -1;
}

static int
connect_to_lodge (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd;

  if (strlen (path) >= sizeof address.sun_path)
    return -1;
  strcpy (address.sun_path, path);
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return -1;
  if (connect (fd, (struct sockaddr *) &address, sizeof address) < 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

int
main (int   argc,
      char *argv[])
{
  const char *path = getenv ("LODGE_ASKPASS_SOCKET");
  const char *token = getenv ("LODGE_TOKEN");
  const char *kind = getenv ("SSH_ASKPASS_PROMPT");
  const uint32_t parent = (uint32_t) getppid ();
  static char answer[MAX_ANSWER + 1];
  uint32_t length;
  char verdict;
  int fd;

  /* An ssh that is ended leaves its askpass behind, and with it a dialog that nobody waits for */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (parent == 1 || (uint32_t) getppid () != parent)
    return 1;
  signal (SIGPIPE, SIG_IGN);

  if (path == NULL || token == NULL)
    {
      fputs ("lodge-askpass is started by Lodge, through ssh.\n", stderr);
      return 1;
    }
  fd = connect_to_lodge (path);
  if (fd < 0)
    return 1;
  if (write_all (fd, "LA1\n", 4) < 0 || write_text (fd, token) < 0 || write_text (fd, kind != NULL ? kind : "") < 0
      || write_text (fd, argc > 1 ? argv[1] : "") < 0 || write_all (fd, &parent, sizeof parent) < 0)
    return 1;

  /* As long as the person takes. When Lodge ends, the socket ends. */
  if (read_all (fd, &verdict, 1) < 0 || verdict != 'y'
      || read_all (fd, &length, sizeof length) < 0 || length > MAX_ANSWER || read_all (fd, answer, length) < 0)
    return 1;
  answer[length] = '\n';
  verdict = write_all (STDOUT_FILENO, answer, length + 1) == 0 ? 0 : 1;
  explicit_bzero (answer, sizeof answer);
  return verdict;
}
