import { runCli, type Ended } from '../kit/cli.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

const issuer = JSON.stringify({ required: ['issuer'], properties: { issuer: { type: 'string' } } });

describe('signalbox plugin-schemas', () => {
  it('registers, replaces, lists and deletes the schemas of a group', async () => {
    const { group, admin } = await plane.seed.group();
    const run = (words: string, input = ''): Promise<Ended> =>
      runCli(plane.origin, ['plugin-schemas', ...words.split(' '), '--group', group.name], { input });
    const made = await run('register company-auth - --priority 1200', issuer);
    expect(made).toMatchObject({ code: 0, told: expect.stringContaining('from revision 1 on') as string });
    await run('register company-auth - --description ours', issuer.replaceAll('issuer', 'realm'));
    expect((await run('list')).out).toMatch(/^company-auth +1200 +ours$/m);
    const [known] = JSON.parse((await run('list --json')).out) as { schema: { required: string[] } }[];
    expect(known?.schema.required).toEqual(['realm']);
    const plugin = { runtimeGroupId: group.id, name: 'company-auth', config: { realm: 'r' } };
    const {
      plugin: { id },
    } = await admin.mutate<{ plugin: { id: string } }>('createPlugin', plugin, 'plugin { id }');
    const needed = await run('delete company-auth');
    expect(needed.code).toBe(1);
    expect(needed.told).toContain('is needed by Plugin');
    await admin.mutate('deletePlugin', { id });
    expect((await run('delete company-auth')).code).toBe(0);
    expect((await run('list')).out).not.toContain('company-auth');
  });

  it('says what is wrong, and changes nothing', async () => {
    const { group } = await plane.seed.group();
    const run = (words: string, input = ''): Promise<Ended> =>
      runCli(plane.origin, ['plugin-schemas', ...words.split(' '), '--group', group.name], { input });
    for (const [words, input, reason] of [
      ['register own -', '[]', 'has to be an object'],
      ['register own -', '{"type": "nothing"}', 'schema.type cannot be used'],
      ['register cors -', issuer, 'cors'],
      ['register own - --priority high', issuer, 'whole number'],
      ['delete own', '', 'has no schema for a plugin “own”'],
    ] as const) {
      const ended = await run(words, input);
      expect([words, ended.code]).not.toEqual([words, 0]);
      expect(ended.told).toContain(reason);
    }
    expect((await run('list --json')).out.trim()).toBe('[]');
  });
});
