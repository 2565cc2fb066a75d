/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folder of a test's own, gone with everything in it when it is freed. Others may look into it: a hypervisor that
 * runs as another user must read what lies there. */
typedef struct _LodgeTestFolder LodgeTestFolder;

LodgeTestFolder *lodge_test_folder_new      (void);
void             lodge_test_folder_free     (LodgeTestFolder *self);
const char      *lodge_test_folder_get_path (LodgeTestFolder *self);
/* (transfer full): the path of @name in it, which need not be there */
char            *lodge_test_folder_build    (LodgeTestFolder *self,
                                             const char      *name);
/* Writes a file; @length -1: a string. (transfer full): its path */
char            *lodge_test_folder_write    (LodgeTestFolder *self,
                                             const char      *name,
                                             const char      *content,
                                             gssize           length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeTestFolder, lodge_test_folder_free)

/* Removes a file, or a folder with everything in it; does not follow links */
void             lodge_test_remove_tree     (const char      *path);

/* A host for libvirt's test driver inside this process: a node file of @n_domains machines “m0000”, “m0001” …, the
 * first @n_running of them running. (transfer full): its URI. No two connections share such a host. */
char            *lodge_test_write_host      (LodgeTestFolder *folder,
                                             guint            n_domains,
                                             guint            n_running);
/* The same of a node file's whole text */
char            *lodge_test_write_node      (LodgeTestFolder *folder,
                                             const char      *xml);
/* (transfer full): the definition of a machine for the test driver. @name is escaped. */
char            *lodge_test_domain_xml      (const char      *name);

G_END_DECLS
