/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-device-page.h"
#include "lodge-edits.h"
#include "lodge-hardware-item.h"
#include "lodge-hardware-view.h"
#include "plan/lodge-check-up.h"
#include "widgets/lodge-xml-view.h"

G_BEGIN_DECLS

struct _LodgeHardwareView
{
  AdwBreakpointBin        parent_instance;

  /* template children */
  AdwToastOverlay        *toasts;
  AdwBanner              *waiting_banner;
  AdwBanner              *conflict_banner;
  GtkStack               *stack;
  AdwStatusPage          *status_page;
  GtkWidget              *retry_button;
  AdwNavigationSplitView *split_view;
  GtkSearchBar           *search_bar;
  GtkSearchEntry         *search_entry;
  GtkStack               *list_stack;
  GtkListView            *list;
  GtkListView            *found_list;
  GtkNoSelection         *found_selection;
  AdwNavigationPage      *content_page;
  AdwWindowTitle         *title;
  AdwToggleGroup         *form_toggles;
  GtkWidget              *remove_button;
  GtkWidget              *history_button;
  GtkStack               *form_stack;
  LodgeDevicePage        *page;
  LodgeXmlView           *xml_view;
  GtkRevealer            *edit_bar;
  GtkLabel               *edit_heading;
  GtkLabel               *edit_caption;
  GtkWidget              *compare_button;
  GtkWidget              *discard_button;
  GtkButton              *apply_button;
  AdwSplitButton         *apply_split_button;

  LodgeEdits             *edits;         /* owned */
  LodgeConnection        *connection;    /* owned, nullable: for a machine without a domain */
  GListStore             *general;       /* owned, of LodgeHardwareItem */
  GListStore             *devices;       /* owned, of LodgeHardwareItem */
  GtkSingleSelection     *selection;     /* owned, of both */
  char                   *shown;         /* nullable: the id of the page that is shown */
  char                   *xml_of;        /* nullable: whose text the XML view has */
  char                   *xml_seen;      /* nullable: the text that the view was given, or has written back */
  LodgeDomainCapabilities *capabilities; /* owned, nullable: not read yet */
  GCancellable           *reading;       /* owned, nullable: of the capabilities */
  LodgeCheckFacts        *facts;         /* owned, nullable: what the check-up knows of the host */
  char                   *checked_text;  /* nullable: the definition that they are about */
  GCancellable           *checking;      /* owned, nullable: of the facts */
  GPtrArray              *volumes;       /* owned, of LodgeNewVolume: for disks of a machine that no host has yet */
  GPtrArray              *unapplied;     /* owned, of LodgeEdit */
  GPtrArray              *waiting;       /* owned, of LodgeEdit: from what runs to the definition */
  GtkWidget              *waiting_dialog; /* weak, nullable */
  guint                   n_waiting;
  gboolean                show_all;
  gboolean                updating;
  gboolean                xml_broken;    /* what stands in the XML view is not in the edits: it is not XML */
};

/* lodge-hardware-view.c */
void     lodge_hardware_view_update      (LodgeHardwareView    *self);
/* (nullable): where the machine is, or is to be */
LodgeConnection *
         lodge_hardware_view_get_connection (LodgeHardwareView *self);
gboolean lodge_hardware_view_can_edit    (LodgeHardwareView    *self);
gboolean lodge_hardware_view_is_xml_shown (LodgeHardwareView   *self);
/* lodge-hardware-actions.c */
void     lodge_hardware_actions_install  (GtkWidgetClass       *widget_class);
/* lodge-hardware-search.c: callbacks of the template */
void     lodge_hardware_search_changed_cb (LodgeHardwareView   *self);
void     lodge_hardware_stop_search_cb   (LodgeHardwareView    *self);
void     lodge_hardware_search_activate_cb (LodgeHardwareView  *self);
void     lodge_hardware_found_activated_cb (LodgeHardwareView  *self,
                                            guint               position);
/* lodge-hardware-check.c */
void     lodge_hardware_check_update     (LodgeHardwareView    *self);
void     lodge_hardware_check_again      (LodgeHardwareView    *self);
void     lodge_hardware_check_mend       (LodgeHardwareView    *self,
                                          const LodgeFinding   *finding);
void     lodge_hardware_check_show       (LodgeHardwareView    *self,
                                          const LodgeFinding   *finding);
/* lodge-hardware-apply.c */
void     lodge_hardware_view_apply       (LodgeHardwareView    *self,
                                          gboolean              live);
void     lodge_hardware_view_discard     (LodgeHardwareView    *self);
void     lodge_hardware_view_resolve     (LodgeHardwareView    *self);
void     lodge_hardware_view_compare     (LodgeHardwareView    *self);
void     lodge_hardware_view_remove      (LodgeHardwareView    *self);
/* lodge-hardware-waiting.c */
void     lodge_hardware_waiting_update   (LodgeHardwareView    *self);
void     lodge_hardware_waiting_show     (LodgeHardwareView    *self);
/* (transfer full): “2 unapplied changes”; @caption says which applies when */
char    *lodge_hardware_dup_edits_heading (LodgeHardwareView   *self,
                                           char               **caption);

G_END_DECLS
