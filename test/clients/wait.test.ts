import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAgentProcess, type AgentProcess } from '../kit/agent-process.js';
import { askApplied } from '../kit/applied.js';
import { startCli, type CliEnded, type CliProcess } from '../kit/cli-process.js';
import { startControlPlaneProcess, type ControlPlaneProcess } from '../kit/control-plane-process.js';
import { eventually } from '../kit/eventually.js';
import { unique, type Group } from '../kit/seed.js';

let plane: ControlPlaneProcess;
let folder: string;
let steady: AgentProcess;
let other: AgentProcess;
let groupId: string;

beforeAll(async () => {
  plane = await startControlPlaneProcess();
  folder = await mkdtemp(join(tmpdir(), 'signalbox-wait-'));
  const query = '{ organization { defaultRuntimeGroup { id } } }';
  const { organization } = await plane.admin.gql<{ organization: { defaultRuntimeGroup: Group } }>(query);
  groupId = organization.defaultRuntimeGroup.id;
  steady = startAgentProcess(plane.origin, join(folder, 'steady.yml'), 'steady');
  other = startAgentProcess(plane.origin, join(folder, 'other.yml'), 'other');
  for (const agent of [steady, other]) {
    await eventually(() => agent.output().includes('applied revision 0'), 30_000);
  }
}, 60_000);

afterAll(async () => {
  await Promise.all([steady.end('SIGTERM'), other.end('SIGTERM')]);
  await plane.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Makes a revision of the default group. */
async function publish(): Promise<number> {
  const input = { runtimeGroupId: groupId, name: unique('service'), url: 'http://api.internal' };
  return (await plane.admin.mutate('createGatewayService', input)).revision;
}

function startWait(revision: number, ...args: readonly string[]): CliProcess {
  return startCli(plane.origin, 'wait', '--revision', String(revision), '--timeout', '1m', ...args);
}

function wait(revision: number, ...args: readonly string[]): Promise<CliEnded> {
  return startWait(revision, ...args).ended();
}

/** Everybody is connected, and runs what there is. */
async function allIsWell(): Promise<void> {
  const { code, told } = await wait(await publish(), '--required', 'all');
  expect({ code, told }).toMatchObject({ code: 0 });
}

describe('signalbox wait', () => {
  it('says on the way who is missing and why, and ends with 0 when the revision is everywhere', async () => {
    await allIsWell();
    await other.end('SIGKILL');
    const revision = await publish();
    const waiting = startWait(revision, '--required', 'all');
    await waiting.tells(/^1 of 2 instances run revision \d+; missing: other [A-Z_]+$/m);
    await other.killAndRestart();
    const { code, out } = await waiting.ended();
    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(
        `^Revision ${revision} of group “default” is everywhere\\. 2 of 2 instances run revision ${revision}, within \\d+ \\w+ of its commit\\.\\n$`,
      ),
    );
  }, 60_000);

  it('waits for the newest revision if none is named', async () => {
    const revision = await publish();
    const { code, out } = await startCli(plane.origin, 'wait').ended();
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`Revision ${revision} `) });
  });

  it('ends with 2 when the time is up, and says who is missing, why, and for how long', async () => {
    await allIsWell();
    await other.end('SIGKILL');
    const revision = await publish();
    const asked = { runtimeGroupId: groupId, revision };
    await eventually(async () => (await askApplied(plane.admin, asked)).appliedCount === 1);
    const { code, out } = await wait(revision, '--group', 'default', '--timeout', '5s');
    expect(code).toBe(2);
    expect(out).toMatch(
      `Revision ${revision} of group “default” is not everywhere after 5s. 1 of 2 instances run revision ${revision}.\n`,
    );
    expect(out).toMatch(/^ {2}other [A-Z_]+ for \d+ \w+: It .+\.$/m);
    await other.killAndRestart();
    await allIsWell();
  }, 60_000);

  it('goes on over a restart of the server', async () => {
    await allIsWell();
    await other.end('SIGKILL');
    const waiting = startWait(await publish());
    await waiting.tells('missing: other');
    await plane.restart('SIGTERM');
    await waiting.tells('Connecting again.');
    await other.killAndRestart();
    expect(await waiting.ended()).toMatchObject({ code: 0 });
  }, 90_000);

  it('ends with 3 as soon as an instance refuses the revision, in its words', async () => {
    await allIsWell();
    await rm(other.out);
    await mkdir(other.out);
    const revision = await publish();
    const { code, out } = await wait(revision);
    expect(code).toBe(3);
    expect(out).toContain(`Revision ${revision} of group “default” was refused. `);
    expect(out).toMatch(
      new RegExp(`^ {2}other REJECTED for \\d+ s: It refused revision ${revision} .*EISDIR`, 'm'),
    );

    const patient = startWait(revision, '--keep-waiting');
    await patient.tells('other REJECTED');
    await rm(other.out, { recursive: true });
    await publish();
    expect(await patient.ended()).toMatchObject({ code: 0 });
  }, 60_000);

  it('answers for programs with --json', async () => {
    await allIsWell();
    const revision = await publish();
    const { code, out } = await wait(revision, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ...{ outcome: 'EVERYWHERE', group: 'default', revision, required: 'PRESENT', everywhere: true },
      ...{ totalCount: 2, appliedCount: 2, missingCount: 0, missing: [], missingByReason: [] },
    });
  });

  it('waits for the first instance of a group that has none, unless it may be empty', async () => {
    const name = unique('group');
    await plane.admin.mutate('createRuntimeGroup', { name });
    const empty = ['wait', '--group', name];
    const late = await startCli(plane.origin, ...empty, '--timeout', '5s').ended();
    expect(late).toMatchObject({ code: 2, out: expect.stringContaining('No instance counts') });
    expect(late.told).toContain('waiting for the first instance that runs revision 0');
    expect(await startCli(plane.origin, ...empty, '--allow-empty').ended()).toMatchObject({
      ...{ code: 0, out: expect.stringContaining('has nobody to run it') },
    });
  });

  it('ends with 1 if the revision is still to come, and says which is the newest', async () => {
    const revision = await publish();
    const { code, out, told } = await wait(revision + 1);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(told).toContain(`the newest revision of the group is ${revision}`);
  });

  it.each([
    ['--timeout', 'soon'],
    ['--timeout', '25h'],
    ['--revision', 'newest'],
    ['--required', 'some'],
  ])('ends with 1 if it is asked with %s %s', async (option, value) => {
    const { code, told } = await startCli(plane.origin, 'wait', option, value).ended();
    expect({ code, told }).toMatchObject({ code: 1, told: expect.stringContaining(option) });
  });

  it('ends with 130 when it is left', async () => {
    await allIsWell();
    await other.end('SIGKILL');
    const waiting = startWait(await publish());
    await waiting.tells('missing: other');
    waiting.interrupt();
    expect(await waiting.ended()).toMatchObject({
      code: 130,
      out: expect.stringContaining('not waited for'),
    });
    await other.killAndRestart();
  }, 60_000);
});
