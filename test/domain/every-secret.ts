import { generateKeyPairSync } from 'node:crypto';
import { text, type Field, type Fields } from '../../src/domain/gateway-config/field.js';
import { kinds } from '../../src/domain/gateway-config/kinds/index.js';
import { bundledPlugins } from '../../src/domain/gateway-config/plugin-schemas/index.js';
import type { PluginSchema } from '../../src/domain/gateway-config/plugin-schemas/plugin-schema.js';
import type { Json, JsonObject } from '../../src/foundation/kernel/json.js';
import { pem } from '../kit/pem.js';
import { unique } from '../kit/seed.js';

/** One entity of a declarative file with one secret, and text by which that secret is recognized. */
export interface SecretCase {
  /** `keyauth_credential.key`, `plugin rate-limiting.config.redis.password`. */
  readonly name: string;
  readonly collection: string;
  readonly entity: JsonObject;
  readonly path: readonly string[];
  readonly secret: string;
  /** A part of the secret that nothing else has, and that no encoding of text changes. */
  readonly needle: string;
}

interface SecretField {
  readonly path: readonly string[];
  readonly field: Field;
}

/** An entity with each secret that any kind of entity, and any plugin, can have: found in their descriptions. */
export function everySecret(): readonly SecretCase[] {
  const ofKinds = kinds.flatMap((kind) =>
    secretsOf(kind.fields).map((secret) =>
      caseOf(
        kind.name,
        kind.collection,
        secret,
        bases[`${kind.name}.${secret.path.join('.')}`] ?? bases[kind.name],
      ),
    ),
  );
  return [...ofKinds, ...bundledPlugins.flatMap(ofPlugin), ofRegistered()];
}

const schema = {
  properties: {
    login: { properties: { user: { default: 'ada' }, password: { type: 'string', writeOnly: true } } },
  },
};

/** The secret of a plugin whose schema the file brings along. */
const ofRegistered = (): SecretCase =>
  caseOf(
    'plugin registered',
    'plugins',
    { path: ['config', 'login', 'password'], field: { type: text(), secret: true, description: '' } },
    { name: 'company-auth', config: {} },
  );

/** Each secret of a plugin in a plugin of its own, for a route; where it can be for no route, all in one. */
function ofPlugin({ name, config, scopes }: PluginSchema): readonly SecretCase[] {
  const base = (path: readonly string[]): JsonObject => ({ name, config: settings(name, path) });
  const cases = secretsOf(config.fields, ['config']).map((secret) =>
    caseOf(`plugin ${name}`, 'plugins', secret, base(secret.path)),
  );
  if (scopes.includes('route')) {
    return cases.map((each) => ({ ...each, entity: { ...each.entity, route: unique('route') } }));
  }
  const entity = cases.reduce((all, { path, secret }) => withValue(all, path, secret), base([]));
  return cases.map((each) => ({ ...each, entity }));
}

/** The declarative file that has them all. */
export function fileWith(cases: readonly SecretCase[]): string {
  const file: Record<string, Json[]> = {
    ...{ consumers: [{ username: 'ada' }], routes: [] },
    _plugin_schemas: [{ name: 'company-auth', schema }],
  };
  for (const { collection, entity } of cases) {
    const entities = (file[collection] ??= []);
    if (!entities.includes(entity)) entities.push(entity);
    const { route } = entity;
    if (typeof route === 'string') file['routes']?.push({ name: route, paths: [`/${route}`] });
  }
  return JSON.stringify({ _format_version: '3.0', ...file });
}

function secretsOf(fields: Fields, path: readonly string[] = []): readonly SecretField[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const { type } = field;
    if (type.is === 'map' && field.secret)
      return [{ path: [...path, name, 'authorization'], field: { ...field, type: type.of } }];
    if (type.is === 'json' && type.isSecret)
      return [{ path: [...path, name, 'token'], field: { ...field, type: text() } }];
    if (field.secret) return [{ path: [...path, name], field }];
    return field.type.is === 'record' ? secretsOf(field.type.fields, [...path, name]) : [];
  });
}

function caseOf(
  of: string,
  collection: string,
  { path, field }: SecretField,
  base: JsonObject | (() => JsonObject) = {},
): SecretCase {
  const name = `${of}.${path.join('.')}`;
  const { secret, needle } = given[name]?.() ?? textFor(name, field);
  const entity = withValue(typeof base === 'function' ? base() : base, path, secret);
  return { name, collection, entity, path, secret, needle };
}

type Sample = Pick<SecretCase, 'secret' | 'needle'>;

/** Text that the field takes, of one of the forms that texts have. */
function textFor(name: string, { type }: Field): Sample {
  const needle = unique('hush');
  const forms = [needle, `https://${needle}.example.com/in`, `${needle}@example.com`];
  const secret = forms.find((form) => type.is === 'string' && type.check?.(form) === undefined);
  if (secret === undefined) throw new Error(`Say in this file what ${name} could be.`);
  return { secret, needle };
}

/** Secrets of forms of their own. */
const given: Readonly<Record<string, () => Sample>> = {
  'certificate.key': () => pemSample(pem('server-rsa.key')),
  'certificate.key_alt': () => pemSample(pem('server-ec.key')),
  'key.pem.private_key': () => pemSample(keyPair().export({ type: 'pkcs8', format: 'pem' }) as string),
  'key.jwk': () => {
    const { d = '', ...jwk } = keyPair().export({ format: 'jwk' });
    return { secret: JSON.stringify({ ...jwk, d, kid: 'as-jwk' }), needle: d };
  },
};

function keyPair() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

/** A line of its own of a key in PEM. */
function pemSample(secret: string): Sample {
  return { secret, needle: secret.split('\n')[2] ?? '' };
}

const credential =
  (more: () => JsonObject = () => ({})) =>
  (): JsonObject => ({ consumer: 'ada', ...more() });

/** What else the entities need, file by file. */
const bases: Readonly<Record<string, JsonObject | (() => JsonObject)>> = {
  certificate: {
    ...{ cert: pem('server-rsa.crt'), key: pem('server-rsa.key') },
    ...{ cert_alt: pem('server-ec.crt'), key_alt: pem('server-ec.key') },
  },
  vault: { prefix: unique('vault'), name: 'hcv' },
  'key.jwk': { kid: 'as-jwk' },
  'key.pem.private_key': { kid: 'as-pem' },
  keyauth_credential: credential(),
  basicauth_credential: credential(() => ({ username: unique('ada') })),
  hmacauth_credential: credential(() => ({ username: unique('ada') })),
  jwt_secret: credential(() => ({ key: unique('issuer') })),
  oauth2_credential: credential(() => ({ name: 'App', client_id: unique('client') })),
};

const llm = { route_type: 'llm/v1/chat', model: { provider: 'openai', name: 'gpt-4' } };

/** The settings that a plugin cannot do without. */
const needed: Readonly<Record<string, JsonObject>> = {
  acme: { account_email: 'ops@example.com', storage: 'redis', storage_config: { redis: { host: 'a' } } },
  'ai-proxy': { ...llm },
  'ai-request-transformer': { prompt: 'Translate.', llm },
  'ai-response-transformer': { prompt: 'Translate.', llm },
  'aws-lambda': { function_name: 'f', aws_region: 'eu-west-1' },
  'azure-functions': { appname: 'a', functionname: 'f' },
  'http-log': { http_endpoint: 'https://log.example.com' },
  oauth2: { enable_client_credentials: true },
  opentelemetry: { traces_endpoint: 'https://traces.example.com' },
  'rate-limiting': { minute: 5 },
  'response-ratelimiting': { limits: { videos: { minute: 5 } } },
};

/** What a secret needs beside it. */
const beside: Readonly<Record<string, readonly [path: readonly string[], value: Json][]>> = {
  aws_key: [[['aws_secret'], 'x']],
  aws_secret: [[['aws_key'], 'x']],
  header_value: [[['header_name'], 'authorization']],
  param_value: [
    [['param_name'], 'token'],
    [['param_location'], 'query'],
  ],
};

function settings(plugin: string, path: readonly string[]): JsonObject {
  const parents = path.slice(1, -1);
  const more = beside[path.at(-1) ?? ''] ?? [];
  return more.reduce(
    (config, [at, value]) => withValue(config, [...parents, ...at], value),
    needed[plugin] ?? {},
  );
}

function withValue(object: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject {
  const inner = (object[name] ?? {}) as JsonObject;
  return { ...object, [name]: rest.length === 0 ? value : withValue(inner, rest, value) };
}
