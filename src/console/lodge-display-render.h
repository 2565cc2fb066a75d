/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lodge-geometry.h"

G_BEGIN_DECLS

typedef struct _LodgeDisplayRender LodgeDisplayRender;

/**
 * LodgeDisplayRenderMode:
 * @LODGE_DISPLAY_RENDER_LIVE: one lasting node over the living pixels; for the Cairo renderer
 * @LODGE_DISPLAY_RENDER_TEXTURE: textures with update regions; for all renderers
 */
typedef enum
{
  LODGE_DISPLAY_RENDER_LIVE,
  LODGE_DISPLAY_RENDER_TEXTURE,
} LodgeDisplayRenderMode;

LodgeDisplayRender *lodge_display_render_new        (void);
void                lodge_display_render_free       (LodgeDisplayRender     *self);
void                lodge_display_render_reset      (LodgeDisplayRender     *self);
void                lodge_display_render_add_damage (LodgeDisplayRender     *self,
                                                     int                     x,
                                                     int                     y,
                                                     int                     width,
                                                     int                     height);
void                lodge_display_render_snapshot   (LodgeDisplayRender     *self,
                                                     GtkSnapshot            *snapshot,
                                                     cairo_surface_t        *surface,
                                                     const LodgeGeometry    *geometry,
                                                     LodgeDisplayRenderMode  mode);
void                lodge_display_render_snapshot_cursor (GtkSnapshot         *snapshot,
                                                     GdkTexture             *cursor,
                                                     int                     x,
                                                     int                     y,
                                                     const LodgeGeometry    *geometry);

G_END_DECLS
