import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromSnapshot, type Configuration } from '../../src/clients/agent/configuration.js';
import { fileDriver } from '../../src/clients/agent/drivers/file.js';
import { renderDeclarative } from '../../src/foundation/declarative/render.js';
import type { JsonObject } from '../../src/foundation/kernel/json.js';

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'signalbox-driver-'));
});
afterEach(async () => {
  await rm(place, { recursive: true });
});

function configuration(revision: number, size = 1): Configuration {
  const entities = Array.from({ length: size }, (_, index) => ({
    ...{ kind: 'gateway_service', collection: 'services', id: `s${index}` },
    document: { port: revision },
    secrets: null,
  }));
  return fromSnapshot([{ cursor: `c${revision}`, revision, entities }], ['services']);
}

function textOf({ collections, entities }: Configuration): string {
  return renderDeclarative(collections, entities.values());
}

describe('the file driver', () => {
  it('writes the whole configuration, into a directory that it makes', async () => {
    const out = join(place, 'a/b/gateway.yml');
    await (await fileDriver.open({ out, edition: 'ENTERPRISE' })).apply(configuration(1));
    expect(await readFile(out, 'utf8')).toBe(textOf(configuration(1)));
    expect((await stat(out)).mode & 0o777).toBe(0o640);
  });

  it('puts secrets in their places', async () => {
    const out = join(place, 'gateway.yml');
    const document = { name: 'log', config: { key: '***', headers: { 'x.y': '***' } } };
    const secrets = [
      { path: ['config', 'key'], value: 'one' },
      { path: ['config', 'headers', 'x.y'], value: 'two' },
    ];
    const entity = { kind: 'plugin', collection: 'plugins', id: 'p', document, secrets };
    const whole = fromSnapshot([{ cursor: 'c', revision: 1, entities: [entity] }], ['plugins']);
    await (await fileDriver.open({ out, edition: 'ENTERPRISE' })).apply(whole);
    const filled = { name: 'log', config: { key: 'one', headers: { 'x.y': 'two' } } };
    const expected = renderDeclarative(['plugins'], [{ collection: 'plugins', id: 'p', document: filled }]);
    expect(await readFile(out, 'utf8')).toBe(expected);
    expect(document.config.key).toBe('***');
  });

  it('leaves out what a gateway without Enterprise refuses a file for, and writes the rest as it is', async () => {
    const out = join(place, 'gateway.yml');
    const of = (collection: string, id: string, document: JsonObject) => {
      return { kind: collection, collection, id, document, secrets: null };
    };
    const entities = [
      of('consumer_groups', 'g', { name: 'gold' }),
      of('consumers', 'c', { username: 'ana', groups: ['g'] }),
      of('plugins', 'p', { name: 'rate-limiting', consumer_group: 'g' }),
      of('plugins', 'q', { name: 'cors' }),
    ];
    const collections = ['consumer_groups', 'consumers', 'plugins'];
    const driver = await fileDriver.open({ out, edition: 'OPEN_SOURCE' });
    await driver.apply(fromSnapshot([{ cursor: 'c', revision: 1, entities }], collections));
    expect(await readFile(out, 'utf8')).toBe(
      renderDeclarative(collections, [
        { collection: 'consumers', id: 'c', document: { username: 'ana' } },
        { collection: 'plugins', id: 'q', document: { name: 'cors' } },
      ]),
    );
  });

  it('does not touch a file that has the content already', async () => {
    const out = join(place, 'gateway.yml');
    const driver = await fileDriver.open({ out, edition: 'ENTERPRISE' });
    await driver.apply(configuration(1));
    const { ino } = await stat(out);
    await driver.apply(configuration(1));
    expect((await stat(out)).ino).toBe(ino);
  });

  it('leaves the mode of a file that was there', async () => {
    const out = join(place, 'gateway.yml');
    await writeFile(out, 'old');
    await chmod(out, 0o604);
    await (await fileDriver.open({ out, edition: 'ENTERPRISE' })).apply(configuration(1));
    expect((await stat(out)).mode & 0o777).toBe(0o604);
  });

  it('never shows a reader half a file', async () => {
    const out = join(place, 'gateway.yml');
    const driver = await fileDriver.open({ out, edition: 'ENTERPRISE' });
    const versions = [configuration(1, 5_000), configuration(2, 5_000)];
    const whole = new Set(versions.map(textOf));
    await driver.apply(versions[0] as Configuration);
    const written = new AbortController();
    const reader = (async () => {
      const seen: boolean[] = [];
      while (!written.signal.aborted) seen.push(whole.has(await readFile(out, 'utf8')));
      return seen;
    })();
    for (let round = 0; round < 30; round += 1)
      await driver.apply(versions[(round + 1) % 2] as Configuration);
    written.abort();
    const seen = await reader;
    expect(seen.length).toBeGreaterThan(5);
    expect(seen).not.toContain(false);
  });

  it('keeps the old file when the new one cannot be written, and leaves nothing behind', async () => {
    const out = join(place, 'gateway.yml');
    const driver = await fileDriver.open({ out, edition: 'ENTERPRISE' });
    await driver.apply(configuration(1));
    await expect(driver.apply({ ...configuration(2), collections: [] })).rejects.toThrow(
      'not among the known ones',
    );
    expect(await readFile(out, 'utf8')).toBe(textOf(configuration(1)));
    expect(await readdir(place)).toEqual(['gateway.yml']);
  });

  it('sweeps away what a killed process left', async () => {
    const out = join(place, 'gateway.yml');
    await writeFile(join(place, '.gateway.yml.4711.tmp'), 'half');
    await fileDriver.open({ out, edition: 'ENTERPRISE' });
    expect(await readdir(place)).toEqual([]);
  });
});
