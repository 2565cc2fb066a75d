/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "console/lodge-clipboard.h"
#include "console/lodge-console-page.h"
#include "console/lodge-display.h"
#include "console/lodge-grab-hint.h"
#include "console/lodge-text-console.h"
#include "lodge-console-advice.h"
#include "lodge-console-view.h"

G_BEGIN_DECLS

/* Shared by the files of the view: lodge-console-view.c follows the machine, -show.c chooses what is seen, -connect.c
 * opens consoles and tries again, -actions.c is what a person does with it, -sharing.c what guest and person share,
 * -heads.c the guest's further monitors */

struct _LodgeConsoleView
{
  GtkWidget            parent_instance;

  /* template children */
  GtkWidget           *overlay;
  GtkStack            *stack;
  GtkPicture          *last_frame;
  LodgeConsolePage    *page;
  LodgeDisplay        *display;
  LodgeTextConsole    *text_console;
  LodgeGrabHint       *grab_hint;
  GtkButton           *resume_button;
  GtkMenuButton       *keys_button;
  GtkListBox          *transfers_list;

  LodgeDomain         *domain;         /* owned */
  GSettings           *settings;       /* owned */
  GSettings           *machine_settings;   /* owned: what is remembered of this machine */
  LodgeClipboard      *clipboard;      /* owned: between this desktop and the guest */
  GListStore          *transfers;      /* owned: LodgeJob, files on their way to the guest */
  GPtrArray           *head_windows;   /* owned: LodgeHeadWindow, borrowed */
  GSimpleActionGroup  *group;          /* owned */
  GMenu               *menu;           /* owned: the consoles */
  GListModel          *consoles;       /* owned, nullable: not read yet */
  LodgeConsoleInfo    *info;           /* owned, nullable: the one that is shown */
  LodgeScreen         *screen;         /* owned, nullable */
  LodgeScreen         *companion;      /* owned, nullable: SPICE, for what @screen cannot share */
  LodgeConsoleInfo    *companion_info; /* owned, nullable */
  LodgeTextStream     *stream;         /* owned, nullable */
  GCancellable        *cancellable;    /* owned, nullable: of what goes on for this console */
  GError              *error;          /* owned, nullable: why it cannot be shown */
  char                *preferred;      /* owned, nullable: label of the console that is wanted */
  gint64               running_since;  /* unix s, 0 unknown */
  gint64               files_told;     /* monotonic µs: why the guest takes none */
  guint                lost_id;
  gboolean             working;        /* something is being read or opened */
  gboolean             given_up;       /* the person cancelled the connecting */
  gboolean             was_running;
  gboolean             all_monitors;   /* the guest's monitors fill those of this computer */
  gboolean             resize_asked;   /* the person waits for the guest to follow the window */
  gboolean             touch;          /* buttons for fingers lie over the display */
  gboolean             closed;
};

void     lodge_console_view_add_actions    (LodgeConsoleView *self);
void     lodge_console_view_fill_menu      (LodgeConsoleView *self);
/* Takes @screen, which is closed, shows it and opens it */
void     lodge_console_view_take_screen    (LodgeConsoleView *self,
                                            LodgeScreen      *screen);

/* lodge-console-view-heads.c: once; for each new screen; before it goes; for the console picker */
void     lodge_console_view_add_heads      (LodgeConsoleView *self);
void     lodge_console_view_watch_heads    (LodgeConsoleView *self);
void     lodge_console_view_close_heads    (LodgeConsoleView *self);
void     lodge_console_view_append_heads   (LodgeConsoleView *self,
                                            GMenu            *menu);
void     lodge_console_view_update_attention (LodgeConsoleView *self);

/* lodge-console-view-files.c: once */
void     lodge_console_view_add_files      (LodgeConsoleView *self);

/* A line at the bottom, with a button for @fix */
void     lodge_console_view_show_toast     (LodgeConsoleView *self,
                                            const char       *text,
                                            LodgeConsoleFix   fix);
/* Says in one what is missing; FALSE when that is not known */
gboolean lodge_console_view_tell_advice    (LodgeConsoleView    *self,
                                            LodgeConsoleFeature  feature);
/* By which the guest shares clipboard, files and devices: the screen, or its companion */
LodgeScreen *
         lodge_console_view_get_sharing    (LodgeConsoleView *self);
/* What a new screen shares, before it is opened, and once it is connected */
void     lodge_console_view_share          (LodgeConsoleView *self);
void     lodge_console_view_share_usb      (LodgeConsoleView *self);
/* Once, when the machine is known */
void     lodge_console_view_add_sharing    (LodgeConsoleView *self);
/* Why a feature does not work now; FALSE when nothing is known to be missing */
gboolean lodge_console_view_find_advice    (LodgeConsoleView    *self,
                                            LodgeConsoleFeature  feature,
                                            LodgeConsoleAdvice  *advice);
void     lodge_console_view_update_actions (LodgeConsoleView *self);
void     lodge_console_view_logging_cb     (LodgeConsoleView *self);
void     lodge_console_view_log_failed_cb  (LodgeConsoleView *self,
                                            const GError     *error);
/* Shows exactly one of all the states the console can be in */
void     lodge_console_view_update         (LodgeConsoleView *self);
gboolean lodge_console_view_is_running     (LodgeConsoleView *self);
/* Reads the machine's consoles again, then connects */
void     lodge_console_view_load           (LodgeConsoleView *self);
/* Connects to the console that is chosen; @force takes a text console from another client */
void     lodge_console_view_open           (LodgeConsoleView *self,
                                            gboolean          force);
/* Shows @error, which it takes, and tries again by itself when that is of use */
void     lodge_console_view_fail           (LodgeConsoleView *self,
                                            GError           *error);
void     lodge_console_view_drop           (LodgeConsoleView *self);
void     lodge_console_view_select         (LodgeConsoleView *self,
                                            guint             position);
/* Stops connecting, or waiting for the next attempt */
void     lodge_console_view_give_up        (LodgeConsoleView *self);

G_END_DECLS
