/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-credential-request.h"
#include "lodge-ssh-failure.h"
#include "lodge-ssh-target.h"

G_BEGIN_DECLS

/**
 * LodgeSshState:
 * @LODGE_SSH_IDLE: not started
 * @LODGE_SSH_STARTING: ssh runs and has not logged in yet
 * @LODGE_SSH_ASKING: the person is asked something; there is no deadline of ours
 * @LODGE_SSH_READY: logged in; the control socket takes requests
 * @LODGE_SSH_ENDED: failed, lost or ended by us: lodge_ssh_master_get_failure()
 */
typedef enum
{
  LODGE_SSH_IDLE,
  LODGE_SSH_STARTING,
  LODGE_SSH_ASKING,
  LODGE_SSH_READY,
  LODGE_SSH_ENDED,
} LodgeSshState;

#define LODGE_TYPE_SSH_MASTER (lodge_ssh_master_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSshMaster, lodge_ssh_master, LODGE, SSH_MASTER, GObject)

/* One login on a host: an OpenSSH master process in a process group of its own, with a control socket that no other
 * attempt has ever used. It is started once; another attempt is another object. Main thread; nothing waits.
 *
 * Signals: "changed" (the state), "prompt" (LodgeCredentialRequest*): answer or cancel it. */

LodgeSshMaster        *lodge_ssh_master_new          (LodgeSshTarget       *target);
void                   lodge_ssh_master_start        (LodgeSshMaster       *self);
/* Ends the whole process group, within a second even when it does not want to. State: ENDED */
void                   lodge_ssh_master_end          (LodgeSshMaster       *self);
LodgeSshState          lodge_ssh_master_get_state    (LodgeSshMaster       *self);
/* (nullable): of ENDED; NULL when it was ended by us */
const LodgeSshFailure *lodge_ssh_master_get_failure  (LodgeSshMaster       *self);
/* TRUE: the person cancelled a question */
gboolean               lodge_ssh_master_was_cancelled (LodgeSshMaster      *self);
/* For LodgeSshChannel; READY only */
const char            *lodge_ssh_master_get_control_path (LodgeSshMaster   *self);
/* The process, 0 when it has ended: for tests that do it harm */
GPid                   lodge_ssh_master_get_pid      (LodgeSshMaster       *self);

G_END_DECLS
