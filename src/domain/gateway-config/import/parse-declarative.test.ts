import { readFileSync } from 'node:fs';
import { Refusal, type Problem } from '../../../foundation/kernel/refusal.js';
import type { Declaration, FileEntity } from './declarative-file.js';
import { parseDeclarative } from './parse-declarative.js';
import { placed } from './places.js';

function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
}

function parse(document: string): Declaration {
  return parseDeclarative([{ name: 'kong.yaml', content: document }]);
}

function problemsOf(document: string): readonly Problem[] {
  try {
    const file = parse(document);
    return placed(file, file.problems);
  } catch (error) {
    if (error instanceof Refusal) return error.problems;
    throw error;
  }
}

/** The problems as a person sees them, with the code in front. */
function told(document: string): readonly string[] {
  return problemsOf(document).map(({ code, message }) => `${code} ${message}`);
}

function entity(file: Declaration, origin: string): FileEntity {
  const found = file.entities.find((each) => each.origin.join('.') === `documents.0.content.${origin}`);
  if (!found) throw new Error(`nothing at ${origin}`);
  return found;
}

function linksOf(file: Declaration, origin: string): Readonly<Record<string, string>> {
  const links = entity(file, origin).links.map(({ field, to }) => [
    field,
    typeof to === 'string' ? to : to.origin.slice(3).join('.'),
  ]);
  return Object.fromEntries(links) as Record<string, string>;
}

describe('a declarative file', () => {
  it('may nest entities at any depth, under what they refer to', () => {
    const file = parse(fixture('bookshop.yaml'));
    expect(file.entities.map(({ origin }) => origin.slice(3).join('.')).sort()).toEqual([
      'consumers.0',
      'consumers.0.plugins.0',
      'plugins.0',
      ...['services.0', 'services.0.plugins.0', 'services.0.routes.0', 'services.0.routes.1'],
      ...[
        'services.0.routes.1.plugins.0',
        'services.1',
        'services.1.routes.0',
        'services.2',
        'services.2.routes.0',
      ],
      ...['upstreams.0', 'upstreams.0.targets.0', 'upstreams.0.targets.1', 'upstreams.0.targets.2'],
    ]);
    expect(linksOf(file, 'services.0.routes.1.plugins.0')).toEqual({ route: 'services.0.routes.1' });
    expect(linksOf(file, 'consumers.0.plugins.0')).toEqual({
      consumer: 'consumers.0',
      route: 'services.0.routes.1',
    });
    expect(linksOf(file, 'plugins.0')).toEqual({});
  });

  it('may be flat, with references by id, by name, and as objects', () => {
    const file = parse(fixture('plugins-by-id.yaml'));
    expect(linksOf(file, 'routes.0')).toEqual({ service: 'services.0' });
    const all = { route: 'routes.0', service: 'services.0', consumer: 'consumers.0' };
    expect(linksOf(file, 'plugins.1')).toEqual(all);
    expect(linksOf(file, 'plugins.2')).toEqual(all);
    expect(entity(file, 'services.0').id).toBe('0196f2a0-1111-7000-8000-000000000001');
  });

  it('may refer to what it does not hold', () => {
    const file = parse('routes:\n- paths: [/a]\n  service: elsewhere\n');
    expect(linksOf(file, 'routes.0')).toEqual({ service: 'elsewhere' });
  });

  it('gives its select tags to every entity', () => {
    const file = parse(fixture('bookshop.yaml'));
    const tagged = (origin: string): unknown => entity(file, origin).document['tags'];
    expect(tagged('services.0')).toEqual(['books', 'bookshop', 'written-by-hand']);
    expect(tagged('upstreams.0.targets.1')).toEqual(['bookshop', 'written-by-hand']);
    expect(tagged('consumers.0.plugins.0')).toEqual(['bookshop', 'written-by-hand']);
  });

  it('has entities in the one form of documents, shorthands and defaults resolved', () => {
    const file = parse(fixture('bookshop.yaml'));
    expect(entity(file, 'services.0').document).toMatchObject({
      ...{ protocol: 'http', host: 'catalogue.bookshop.internal', port: 8080, path: '/v2', retries: 5 },
    });
    expect(entity(file, 'upstreams.0.targets.2').document).toMatchObject({
      target: '[fd00:0000:0000:0000:0000:0000:0000:0002]:8000',
      weight: 0,
    });
  });

  it('may be JSON', () => {
    const text = JSON.stringify({ _format_version: '3.0', consumers: [{ username: 'ana' }] }, null, '\t');
    expect(entity(parse(text), 'consumers.0').document).toEqual({ username: 'ana' });
  });

  it('may have been written on another system', () => {
    expect(entity(parse('\ufeffconsumers:\r\n- username: ana\r\n'), 'consumers.0').document).toEqual({
      username: 'ana',
    });
  });

  it('may use anchors, aliases and merge keys', () => {
    const file = parse(
      'consumers: []\nplugins:\n- name: tcp-log\n  config: &shared {host: a, port: 2}\n- name: udp-log\n  config:\n    <<: *shared\n    port: 3\n',
    );
    expect(entity(file, 'plugins.1').document['config']).toMatchObject({ host: 'a', port: 3 });
  });

  it('may hold comments and times, which are no part of entities', () => {
    const file = parse(
      '_comment: x\n_ignore: [y]\nconsumers:\n- username: ana\n  _comment: z\n  _ignore: {}\n  created_at: 1\n  updated_at: 2\n',
    );
    expect(entity(file, 'consumers.0').document).toEqual({ username: 'ana' });
  });

  it('may leave collections empty, even those that are not supported yet', () => {
    expect(parse('services:\nroutes: []\ncertificates: []\nvaults:\n').entities).toEqual([]);
  });

  it('says what was read over', () => {
    const { warnings } = parse('_workspace: team\n_konnect:\n  control_plane_name: prod\n');
    const told = (field: string): object => ({
      code: 'FIELD_READ_OVER',
      message: `kong.yaml: ${field} was read over: the import says which runtime group the file is for.`,
      path: ['documents', '0', 'content', field],
      entityIds: [],
    });
    expect(warnings).toEqual([told('_workspace'), told('_konnect')]);
  });

  it.each(['3.0', '2.1', '1.1'])('may be of the format %s', (version) => {
    expect(parse(`_format_version: "${version}"\n_transform: true\n`).entities).toEqual([]);
  });
});

describe('the defaults of a file', () => {
  const header =
    '_info:\n  defaults:\n    service: {port: 8080, protocol: https, retries: 1}\n    upstream:\n      healthchecks: {active: {timeout: 7, http_path: /up}}\n    target: {weight: 9}\n';

  it('are what entities do not say themselves, at every depth', () => {
    const file = parse(
      `${header}services:\n- host: a\n  retries: 3\nupstreams:\n- name: u\n  healthchecks: {active: {timeout: 2}}\n  targets:\n  - target: a:1\n`,
    );
    expect(entity(file, 'services.0').document).toMatchObject({ port: 8080, protocol: 'https', retries: 3 });
    expect(entity(file, 'upstreams.0').document).toMatchObject({
      healthchecks: { active: { timeout: 2, http_path: '/up' } },
    });
    expect(entity(file, 'upstreams.0.targets.0').document['weight']).toBe(9);
  });

  it('give way to a shorthand', () => {
    const file = parse(`${header}services:\n- url: http://a:81/b\n`);
    expect(entity(file, 'services.0').document).toMatchObject({ port: 81, protocol: 'http', retries: 1 });
  });

  it('are refused where they stand, once', () => {
    const wrong =
      '_info:\n  defaults:\n    route:\n      regex_priority: high\n      pathz: []\n    routes: {}\n';
    expect(told(`${wrong}routes:\n- paths: [/a]\n- paths: [/b]\n`)).toEqual([
      'FIELD_INVALID kong.yaml:4:7: _info.defaults.route.regex_priority: regex_priority must be a whole number between -2147483648 and 2147483647, not “high”.',
      'UNKNOWN_FIELD kong.yaml:5:7: _info.defaults.route.pathz: Route has no field pathz. Did you mean paths?',
      'UNKNOWN_FIELD kong.yaml:6:5: _info.defaults.routes: _info.defaults has no field _info.defaults.routes. Did you mean route?',
    ]);
  });
});

describe('named plugin configurations', () => {
  const configs = '_plugin_configs:\n  limits:\n    minute: 5\n    redis: {host: cache, port: 6379}\n';

  it('are merged under the own configuration of a plugin', () => {
    const file = parse(
      `${configs}consumers:\n- username: ana\nplugins:\n- name: rate-limiting\n  _config: limits\n- name: rate-limiting\n  consumer: ana\n  _config: limits\n  config: {minute: 9, redis: {port: 1}}\n`,
    );
    expect(entity(file, 'plugins.0').document['config']).toMatchObject({
      minute: 5,
      redis: { host: 'cache', port: 6379 },
    });
    expect(entity(file, 'plugins.1').document['config']).toMatchObject({
      minute: 9,
      redis: { host: 'cache', port: 1 },
    });
  });

  it('must be there, and named by text', () => {
    expect(
      told(
        `${configs}plugins:\n- name: cors\n  _config: limit\n- name: key-auth\n  _config: 5\nservices:\n- host: a\n  _config: limits\n`,
      ),
    ).toEqual([
      'PLUGIN_CONFIG_UNKNOWN kong.yaml:7:3: plugins[0]._config (plugin “cors”): There is no “limit” in _plugin_configs. Did you mean “limits”?',
      'FIELD_INVALID kong.yaml:9:3: plugins[1]._config (plugin “key-auth”): _config must be the name of a configuration, not 5.',
      'UNKNOWN_FIELD kong.yaml:12:3: services[0]._config (gateway service): GatewayService has no field _config.',
    ]);
  });
});

describe('a file of before Kong 3.0', () => {
  it('has its regular expressions marked', () => {
    const paths = entity(parse(fixture('before-3.yaml')), 'services.0.routes.0').document['paths'];
    expect(paths).toEqual([
      '/accounts',
      '/accounts/~old',
      '~/accounts/\\d+/statement$',
      '~/accounts/(?<id>[a-z]{4})%2Fmonths',
    ]);
  });

  it('may be large: hundreds of services and upstreams', () => {
    const services = Array.from({ length: 236 }, (_, index) => ({
      ...{ name: `s${index}`, host: `u${index}.internal` },
      routes: [{ name: `r${index}`, paths: [`/s${index}/(one|two)`] }],
    }));
    const upstreams = services.map(({ host }) => ({ name: host, targets: [{ target: '10.0.0.1:80' }] }));
    const file = parse(
      JSON.stringify({ _format_version: '1.1', services, upstreams, plugins: [{ name: 'cors' }] }),
    );
    expect(file.entities).toHaveLength(236 * 4 + 1);
    expect(entity(file, 'services.235.routes.0').document['paths']).toEqual(['~/s235/(one|two)']);
  });
});

describe('a file that is wrong', () => {
  it('is refused with everything that is wrong with it, in its order', () => {
    expect(told(fixture('everything-wrong.yaml'))).toEqual([
      'UNKNOWN_FIELD kong.yaml:2:1: servces: A declarative file has no field servces. Did you mean services?',
      'FIELD_INVALID kong.yaml:7:3: services[0].port (gateway service “orders”): port must be between 0 and 65535, not 70000.',
      'FIELD_INVALID kong.yaml:12:7: services[0].routes[0].paths[1] (route “orders-list”): paths[1] must start with “/” (a prefix) or “~/” (a regular expression), not “orders”.',
      'PARENT_REPEATED kong.yaml:13:5: services[0].routes[0].service (route “orders-list”): service is given by the GatewayService around it. Leave it out, or move the entity to the top level.',
      'ROUTE_WITHOUT_MATCH kong.yaml:14:5: services[0].routes[1] (route “orders-nothing”): A route for http, https matches nothing. Give at least one of methods, hosts, headers, paths, snis.',
      'FIELD_INVALID kong.yaml:15:5: services[0].routes[1].strip_path (route “orders-nothing”): strip_path must be true or false, not “yes”.',
      'DUPLICATE_IN_FILE kong.yaml:16:3: services[1].name (gateway service “orders”): There is already a GatewayService with name “orders” in this file: services[0], line 5. Leave out one of them.',
      'URL_WITHOUT_HOST kong.yaml:18:3: services[2].url (gateway service): “http:///no-host” cannot be the url: it has no host. Write it as http://example.com:8080/path.',
      'FIELD_INVALID kong.yaml:19:3: services[3]: services[3] must be a mapping, not “nothing more”.',
      'NOT_SUPPORTED_YET kong.yaml:20:1: licenses: licenses is known to Kong or decK, but not supported here: it is for Kong Enterprise alone. Take it out of the file to import the rest.',
      'NOT_SUPPORTED_YET kong.yaml:24:3: consumers[0].mtls_auth_credentials (consumer “ana”): mtls_auth_credentials is known to Kong or decK, but not supported here: it is for Kong Enterprise alone. Take it out of the file to import the rest.',
      'FIELD_INVALID kong.yaml:26:3: consumers[1].custom_id (consumer): custom_id must be text, not 7.',
      'FIELD_REQUIRED kong.yaml:28:3: upstreams[0].hash_on_header (upstream “pool.internal”): hash_on_header is required when hash_on is header.',
      'DUPLICATE_IN_FILE kong.yaml:31:5: upstreams[0].targets[1].target (target “10.0.0.1:8000”): There is already a Target with the same upstream and target “10.0.0.1:8000” in this file: upstreams[0].targets[0], line 30. Leave out one of them.',
      'PLUGIN_CONFIG_UNKNOWN kong.yaml:36:3: plugins[1]._config (plugin “cors”): There is no “shared” in _plugin_configs.',
      'DUPLICATE_IN_FILE kong.yaml:37:3: plugins[2].name (plugin “key-auth”): There is already a Plugin with name “key-auth” in this file: plugins[0], line 34. Leave out one of them.',
      'FIELD_INVALID kong.yaml:38:1: routes: routes must be a list, not “none”.',
    ]);
  });

  it('leads to each problem by its path in the input', () => {
    const paths = problemsOf(fixture('everything-wrong.yaml')).map(({ path }) => path.join(' '));
    expect(paths.slice(0, 4)).toEqual([
      'documents 0 content servces',
      'documents 0 content services 0 port',
      'documents 0 content services 0 routes 0 paths 1',
      'documents 0 content services 0 routes 0 service',
    ]);
  });

  it.each([
    ['is empty', '', '1:1: this file is empty.'],
    ['holds comments only', '# later\n', '1:1: this file is empty.'],
    ['is a list', '- services', '1:1: this file must hold a mapping with collections, not a list.'],
    ['is a text', 'services', '1:1: this file must hold a mapping with collections, not “services”.'],
    [
      'is no YAML',
      'services:\n- name: a: b\n',
      '2:9: this is neither YAML nor JSON: nested mappings are not allowed in compact mappings.',
    ],
    [
      'begins further in than it goes on',
      ' _format_version: "3.0"\nservices: []\n',
      '2:1: this is neither YAML nor JSON: unexpected scalar at node end.',
    ],
    [
      'is no JSON',
      '{\n  "services": [\n    {"name": "a" "host": "b"}\n  ]\n}',
      '3:18: this is neither YAML nor JSON: unexpected double-quoted-scalar token.',
    ],
    [
      'is indented with tabs',
      'services:\n\t- name: a\n',
      '2:1: this is neither YAML nor JSON: tabs are not allowed as indentation.',
    ],
    [
      'says a thing twice',
      'services:\n- name: a\n  host: b\n  name: c\n',
      '4:3: the key “name” is there twice.',
    ],
    [
      'says a thing twice in JSON',
      '{"services": [],\n "services": []}',
      '2:2: the key “services” is there twice.',
    ],
    [
      'holds two documents',
      'services: []\n---\nroutes: []\n',
      '2:1: a second document begins here; import each document by itself.',
    ],
    [
      'has a tag',
      'services: !!js/function x\n',
      "1:25: the tag !!js/function is not one of YAML's core schema; leave it out.",
    ],
    ['has the key __proto__', 'services:\n- __proto__: {a: 1}\n', '2:3: no key may be called __proto__.'],
    ['has a key that is no text', '? [services]\n: []\n', '1:3: a key must be text.'],
    ['refers to itself', 'services: &a\n- *a\n', '2:3: there is no complete anchor “a” before this alias.'],
  ])('is refused when it %s', (_, document, problem) => {
    expect(told(document)).toEqual([`DOCUMENT_UNREADABLE kong.yaml:${problem}`]);
  });

  it.each([
    [
      'another version',
      '_format_version: "4.0"',
      'FORMAT_VERSION_UNSUPPORTED kong.yaml:1:1: _format_version: _format_version must be one of "3.0", "2.1", "1.1", in quotes, not “4.0”. Leave it out, and the newest is meant.',
    ],
    [
      'a version that is no text',
      '_format_version: 3.0',
      'FORMAT_VERSION_UNSUPPORTED kong.yaml:1:1: _format_version: _format_version must be one of "3.0", "2.1", "1.1", in quotes, not 3. Leave it out, and the newest is meant.',
    ],
    [
      '_transform false',
      '_transform: false',
      'TRANSFORM_UNSUPPORTED kong.yaml:1:1: _transform: _transform false means that derived values, such as hashes of passwords, are in the file already; here they are always derived. Make it true or leave it out.',
    ],
    [
      'a header of the wrong form',
      '_info: []',
      'FIELD_INVALID kong.yaml:1:1: _info: _info must be an object, not an empty list.',
    ],
    [
      'wrong select tags',
      '_info:\n  select_tags: ["a,b"]',
      'FIELD_INVALID kong.yaml:2:17: _info.select_tags[0]: _info.select_tags[0] must consist of printable characters other than “,” and “/”, not “a,b”.',
    ],
    [
      'unknown keys',
      'constructor: {}',
      'UNKNOWN_FIELD kong.yaml:1:1: constructor: A declarative file has no field constructor.',
    ],
    [
      'a collection that is no list',
      'services: {a: 1}',
      'FIELD_INVALID kong.yaml:1:1: services: services must be a list, not an object.',
    ],
    [
      'the environment of its sender',
      'services:\n- host: ${{ env "DECK_HOST" }}',
      'ENVIRONMENT_UNRESOLVED kong.yaml:2:3: services[0].host (gateway service): ${{ env "DECK_HOST" }} stands for something in the environment of whoever sends the file, which is not known here. Put the value in its place first.',
    ],
    [
      'an id that is none',
      'consumers:\n- id: 5\n  username: a',
      'ID_INVALID kong.yaml:2:3: consumers[0].id (consumer “a”): “5” is not an id. Ids are UUIDs, as 01890a5d-ac96-774b-bcce-b302099a8057.',
    ],
    [
      'a reference that is none',
      'routes:\n- paths: [/a]\n  service: {name: a, id: b}',
      'FIELD_INVALID kong.yaml:3:3: routes[0].service (route): service must be the id or the name of a GatewayService, or an object with one of them, not an object.',
    ],
    [
      'an entity outside of what it needs',
      'targets:\n- target: a:1',
      'FIELD_REQUIRED kong.yaml:2:3: targets[0].upstream (target “a:1”): upstream is required.',
    ],
    [
      'what is not supported yet in an entity',
      'plugins:\n- name: cors\n  ordering: gold',
      'NOT_SUPPORTED_YET kong.yaml:3:3: plugins[0].ordering (plugin “cors”): ordering is known to Kong or decK, but not supported here: it is for Kong Enterprise alone. Take it out of the file to import the rest.',
    ],
    [
      'one id twice',
      'consumers:\n- {id: 0196f2a0-1111-7000-8000-000000000001, username: a}\nplugins:\n- {id: 0196F2A0-1111-7000-8000-000000000001, name: cors}',
      'DUPLICATE_IN_FILE kong.yaml:4:4: plugins[0].id (plugin “cors”): There is already a Consumer with id “0196f2a0-1111-7000-8000-000000000001” in this file: consumers[0], line 2. Leave out one of them.',
    ],
  ])('is refused with %s', (_, document, problem) => {
    expect(told(document)).toEqual([problem]);
  });

  it('tells a hundred problems, and how many there are besides', () => {
    const services = Array.from({ length: 120 }, (_, index) => `- {name: s${index}, host: "a b"}`);
    const problems = told(`services:\n${services.join('\n')}\n`);
    expect(problems).toHaveLength(101);
    expect(problems[99]).toMatch(/^FIELD_INVALID kong.yaml:101:15: services\[99\].host/);
    expect(problems[100]).toBe('MORE_PROBLEMS There are 20 more problems. Mend these first.');
  });

  it('does not name two plugins alike that are wrong in where they belong', () => {
    expect(told('plugins:\n- {name: cors, service: 5}\n- {name: cors, service: 6}\n')).toHaveLength(2);
  });
});
