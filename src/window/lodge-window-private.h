/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The window itself, for the files that are its parts: lodge-window.c, lodge-window-actions.c */

#include "lodge-jobs-button.h"
#include "lodge-sidebar.h"
#include "lodge-status-page.h"
#include "lodge-window.h"

G_BEGIN_DECLS

struct _LodgeWindow
{
  AdwApplicationWindow    parent_instance;

  /* template children */
  AdwNavigationSplitView *split_view;
  AdwNavigationPage      *content_page;
  AdwWindowTitle         *title;
  LodgeSidebar           *sidebar;
  GtkStack               *stack;
  AdwBin                 *list_bin;
  GtkStack               *root_stack;
  AdwBin                 *welcome_bin;
  GtkStack               *title_stack;
  AdwViewStack           *page_stack;
  AdwBin                 *overview_bin;
  LodgeStatusPage        *status_page;
  AdwViewSwitcherBar     *switcher_bar;
  GtkActionBar           *bottom_bar;
  AdwBin                 *jobs_bin;
  AdwBin                 *bottom_jobs_bin;
  GtkWidget              *new_machine_button;
  GtkWidget              *search_button;
  GtkMenuButton          *view_button;
  GtkWidget              *view_toggles;
  AdwBreakpoint          *medium_breakpoint;
  AdwBreakpoint          *small_breakpoint;
  AdwBreakpoint          *smaller_breakpoint;
  AdwBreakpoint          *narrow_breakpoint;
  AdwBreakpoint          *tiny_breakpoint;

  LodgeConnectionList    *connections;     /* owned */
  LodgeJobList           *jobs;            /* owned */
  GSettings              *settings;        /* owned */
  GListModel             *all_domains;     /* owned */
  LodgeMachineList       *machine_list;    /* borrowed: in list_bin */
  LodgeSavedFilters      *filters;         /* owned */
  LodgeConnection        *connection;      /* owned, nullable: those of @filter, or all machines are shown */
  LodgeSavedFilter       *filter;          /* owned, nullable */
  GSignalGroup           *signals;         /* owned: of @connection */
  GPtrArray              *asking;          /* of LodgeConnection, whose questions we answer */
  LodgeListWidth          width_class;
  gboolean                show_known;      /* the rows of a connection that cannot be reached */
};

/* Whether the shown connection has pages besides its machines */
gboolean lodge_window_has_pages       (LodgeWindow      *self);
/* Shows what is so now */
void     lodge_window_update          (LodgeWindow      *self);
/* Shows the content, where the sidebar covers it */
void     lodge_window_show_content    (LodgeWindow      *self);
void     lodge_window_install_actions (LodgeWindowClass *klass);

G_END_DECLS
