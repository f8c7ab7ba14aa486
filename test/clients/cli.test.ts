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

describe('signalbox explain', () => {
  it('says what becomes of a request, to people and to programs', async () => {
    const { group } = await plane.seed.group();
    const service = await plane.seed.service(group, { url: 'http://orders.internal/v1' });
    const route = await plane.seed.route(group, { serviceId: service.id, paths: ['/orders'] });
    const other = await plane.seed.route(group, { paths: ['/orders'], headers: { 'x-version': ['2'] } });
    const url = 'https://api.example/orders/7';
    const { code, out, told } = await signalbox('explain', url, '--group', group.name);
    expect({ code, told }).toEqual({ code: 0, told: '' });
    expect(out).toContain('The request goes to the gateway service.');
    expect(out).toMatch(new RegExp(`^route +${route.name}$`, 'm'));
    expect(out).toMatch(/^calls +http:\/\/orders\.internal:80\/v1\/7$/m);
    expect(out).toMatch(new RegExp(`^${other.name} +the header x-version is absent, not 2$`, 'm'));
    const asked = ['--group', group.name, '--header', 'x-version: 2', '--method', 'post', '--json'];
    const answer = JSON.parse((await signalbox('explain', url, ...asked)).out) as { route: unknown };
    expect(answer).toMatchObject({ outcome: 'ANSWERED', status: 503, route: { id: other.id } });
  });

  it('says what is wrong with a URL or a header', async () => {
    const group = await newGroup();
    const wrong = await signalbox('explain', 'orders', '--group', group);
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.told).toContain('error: orders is no URL of a gateway.');
    const header = await signalbox('explain', 'http://a/', '--group', group, '--header', 'x');
    expect(header.told).toContain('error: x is no header.');
  });
});

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
