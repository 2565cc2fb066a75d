/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The resource path of a template: LODGE_UI ("window/lodge-window.ui") */
#define LODGE_UI(path) "/org/lodgevm/Lodge/ui/" path
