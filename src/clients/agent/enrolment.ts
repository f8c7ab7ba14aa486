import { setTimeout as wait } from 'node:timers/promises';
import { openClient, type Client } from '../sdk/client.js';
import { fromUserErrors, SignalboxError } from '../sdk/error.js';
import { findGroup } from '../sdk/find-group.js';
import { EnrolInstanceDocument, FindInstanceDocument, WithdrawInstanceDocument } from '../sdk/generated.js';
import { fullJitter, type StreamTiming } from '../sdk/timing.js';
import type { Identity, IdentityFile } from './identity.js';
import type { Journal } from './journal.js';

export interface EnrolmentPorts {
  readonly endpoint: string;
  /** The group to belong to, by name or id. Without one: the default group. */
  readonly group: string | undefined;
  readonly hostname: string;
  /** The token of somebody who may enrol instances, if there is one. */
  readonly operatorToken: () => Promise<string | undefined>;
  readonly file: IdentityFile;
  readonly journal: Journal;
  readonly timing: StreamTiming;
  readonly signal: AbortSignal;
}

/** How an agent comes to be an instance, and finds out that it is none any more. */
export interface Enrolment {
  /** The identity that is kept; else a new one, asked for until there is an answer. Nothing if the signal came first. */
  identity(): Promise<Identity | undefined>;
  /** True if the server says that there is no such instance. False if that cannot be found out. */
  isGone(identity: Identity): Promise<boolean>;
  /** The instance is gone: the next identity is a new one. */
  forget(): Promise<void>;
}

export function openEnrolment(ports: EnrolmentPorts): Enrolment {
  return {
    identity: async () => {
      const kept = await ports.file.read();
      return kept ? sameGroup(kept, ports.group) : enrolInTime(ports);
    },
    isGone: async ({ runtimeInstanceId }) => {
      const token = await ports.operatorToken();
      if (token === undefined) return false;
      const operator = openClient({ endpoint: ports.endpoint, token });
      return operator.request(FindInstanceDocument, { id: runtimeInstanceId }).then(
        ({ runtimeInstance }) => runtimeInstance === null,
        () => false,
      );
    },
    forget: () => ports.file.remove(),
  };
}

/** Instances do not move between groups. */
function sameGroup(kept: Identity, group: string | undefined): Identity {
  if (group === undefined || kept.group === group) return kept;
  throw new SignalboxError({
    code: 'GROUP_DIFFERS',
    message: `This agent is enrolled in the runtime group “${kept.group}”, not in “${group}”.`,
    retryable: false,
    hint: 'Start it with another --out or --state-dir to have an instance in the other group too.',
  });
}

async function enrolInTime(ports: EnrolmentPorts): Promise<Identity | undefined> {
  const key = await ports.file.enrolmentKey();
  for (let failures = 0; !ports.signal.aborted; failures += 1) {
    try {
      return (await enrol(ports, key)) ?? (await enrolInTime(ports));
    } catch (error) {
      if (!(error instanceof SignalboxError) || !error.retryable) throw error;
      ports.journal.warn(`cannot enrol yet: ${error.message} Trying again until it works`);
      await wait(fullJitter(failures, ports.timing), undefined, { signal: ports.signal }).catch(
        () => undefined,
      );
    }
  }
  return undefined;
}

/** Answers nothing if the instance was made by an earlier call whose answer, with the token in it, was lost. */
async function enrol(ports: EnrolmentPorts, key: string): Promise<Identity | undefined> {
  const operator = await operatorClient(ports);
  const group = await findGroup(operator, ports.group);
  // With another group or host name it is another enrolment.
  const idempotencyKey = [key, group.id, ports.hostname].join('/').slice(0, 200);
  const input = { runtimeGroupId: group.id, hostname: ports.hostname, idempotencyKey };
  const { createRuntimeInstance } = await operator.request(EnrolInstanceDocument, { input });
  const { runtimeInstance, token, userErrors } = createRuntimeInstance;
  const refusal = fromUserErrors(userErrors);
  if (refusal) throw refusal;
  if (!runtimeInstance) throw new Error('The server answered the enrolment without an instance.');
  if (token === null) {
    await withdraw(operator, runtimeInstance.id);
    await ports.file.remove();
    return undefined;
  }
  const identity = { runtimeInstanceId: runtimeInstance.id, token, group: ports.group ?? group.name };
  await ports.file.write(identity);
  ports.journal.say(`enrolled in the runtime group “${group.name}” as instance ${runtimeInstance.id}`);
  return identity;
}

/** An instance whose token nobody has is of no use. */
async function withdraw(operator: Client, id: string): Promise<void> {
  const { deleteRuntimeInstance } = await operator.request(WithdrawInstanceDocument, { input: { id } });
  const refusal = fromUserErrors(deleteRuntimeInstance.userErrors);
  if (refusal) throw refusal;
}

async function operatorClient({ endpoint, operatorToken }: EnrolmentPorts): Promise<Client> {
  const token = await operatorToken();
  if (token !== undefined) return openClient({ endpoint, token });
  throw new SignalboxError({
    code: 'OPERATOR_TOKEN_MISSING',
    message: 'This agent is not enrolled yet, and there is no token to enrol it with.',
    retryable: false,
    hint: 'Give an administrator’s token once, with --token or in SIGNALBOX_TOKEN.',
  });
}
