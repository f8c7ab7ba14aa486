import { runCli, type Ended } from '../kit/cli.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

function signalbox(...args: readonly string[]): Promise<Ended> {
  return runCli(plane.origin, args);
}

async function newGroup(): Promise<string> {
  const { group } = await plane.seed.group();
  return group.name;
}

describe('signalbox', () => {
  it('lists groups, and instances with what they run', async () => {
    const group = await newGroup();
    expect((await signalbox('groups')).out).toMatch(
      new RegExp(`^${group} +KONG_GATEWAY +0 +0 of 0 +[0-9a-f-]{36}$`, 'm'),
    );
    expect((await signalbox('instances', '--group', group)).out).toContain('There are no instances.');
  });

  it('makes a token that lets its holder in, and shows nothing but it to programs', async () => {
    const { code, out, told } = await signalbox(
      'token',
      'create',
      '--name',
      'ci',
      '--role',
      'viewer',
      '--expires',
      '12h',
    );
    expect(code).toBe(0);
    expect(told).toMatch(/^Token “ci” \(VIEWER, until .+\)\. It is shown only now:$/m);
    expect(await signalbox('groups', '--token', out.trim())).toMatchObject({ code: 0, told: '' });
  });

  it('lists tokens, and withdraws one', async () => {
    const { id, token } = await plane.seed.token({ role: 'VIEWER', name: 'for the pipeline' });
    expect((await signalbox('token', 'list')).out).toMatch(
      new RegExp(`^for the pipeline +VIEWER +GOOD +all +never +${id}$`, 'm'),
    );
    expect(await signalbox('token', 'revoke', id)).toMatchObject({
      ...{ code: 0, out: '', told: 'The token “for the pipeline” lets nobody in any more.\n' },
    });
    expect((await signalbox('groups', '--token', token ?? '')).told).toContain('This token was revoked.');
    expect((await signalbox('token', 'list')).out).toMatch(
      new RegExp(`^for the pipeline +VIEWER +REVOKED.*${id}$`, 'm'),
    );
  });

  it('says in a sentence and a hint why the server refuses, without a stack', async () => {
    const { code, told } = await signalbox('groups', '--token', 'sbx_wrong');
    expect(code).toBe(1);
    expect(told).toMatch(/^error: .+\nhint: +.+\n$/);
  });

  it('names the groups’ command when a group is not there', async () => {
    const { code, told } = await signalbox('export', '--group', 'nowhere');
    expect(code).toBe(1);
    expect(told).toContain(
      'error: There is no runtime group “nowhere” that this token may see.\nhint:  `signalbox groups`',
    );
  });
});
