import { resolve } from 'node:path';
import { StartupError } from '../kernel/startup-error.js';
import { readSettings } from './settings.js';

const everything = {
  ...{
    PORT: '8080',
    HOST: '0.0.0.0',
    DATABASE_URL: 'postgresql://a:b@c:5432/d',
    SIGNALBOX_DATA_DIR: '/data',
  },
  ...{ SIGNALBOX_ADMIN_TOKEN: 'a-long-enough-token', LOG_LEVEL: 'debug', SIGNALBOX_IDEMPOTENCY_HOURS: '48' },
  ...{ SIGNALBOX_HISTORY_DAYS: '7', SIGNALBOX_HISTORY_REVISIONS: '10' },
  ...{ SIGNALBOX_ALLOW_LOOPBACK: 'true', SIGNALBOX_METRICS_TOKEN: 'a-token-for-metrics' },
  ...{ SIGNALBOX_LARGE_ANSWERS: '3', SIGNALBOX_IN_FLIGHT_MB: '64' },
  ...{ SIGNALBOX_FOLD_REVISIONS: '5', SIGNALBOX_FOLD_CHANGES: '50', SIGNALBOX_TAKE_SECONDS: '60' },
  ...{ SIGNALBOX_OUTAGE_SECONDS: '90', SIGNALBOX_STOP_SECONDS: '50' },
  SIGNALBOX_ALLOW_PRIVATE_WEBHOOKS: 'true',
};

describe('the settings', () => {
  it('have defaults for whatever is not set, or empty', () => {
    const defaults = {
      ...{ port: 4000, host: '127.0.0.1', databaseUrl: undefined, dataDirectory: resolve('.signalbox') },
      ...{
        ...{
          adminToken: undefined,
          logLevel: 'info',
          idempotencyHours: 24,
          allowLoopback: false,
          metricsToken: undefined,
        },
        ...{ outageSeconds: 30, stopSeconds: 25, allowPrivateWebhooks: false },
        history: { days: 30, revisions: 1000 },
        guards: { largeAnswers: 16, inFlightMb: 256 },
        ...{ fold: { revisions: 256, changes: 5000 }, takeSeconds: 30 },
      },
    };
    const empty = Object.fromEntries(Object.keys(everything).map((name) => [name, '']));
    expect(readSettings({})).toMatchObject(defaults);
    expect(readSettings(empty)).toMatchObject(defaults);
  });

  it('are what the environment says', () => {
    expect(readSettings(everything)).toMatchObject({
      ...{ port: 8080, host: '0.0.0.0', databaseUrl: 'postgresql://a:b@c:5432/d', dataDirectory: '/data' },
      ...{
        ...{ adminToken: 'a-long-enough-token', logLevel: 'debug', idempotencyHours: 48 },
        ...{
          allowLoopback: true,
          allowPrivateWebhooks: true,
          metricsToken: 'a-token-for-metrics',
          outageSeconds: 90,
          stopSeconds: 50,
          history: { days: 7, revisions: 10 },
          guards: { largeAnswers: 3, inFlightMb: 64 },
          ...{ fold: { revisions: 5, changes: 50 }, takeSeconds: 60 },
        },
      },
    });
  });

  it.each([
    ['PORT', 'eighty', '“eighty” of PORT cannot be used: it must be a number from 0 to 65535.'],
    ['PORT', '65536', '“65536” of PORT cannot be used'],
    ['PORT', '80.5', '“80.5” of PORT cannot be used'],
    ['SIGNALBOX_IDEMPOTENCY_HOURS', '0', '“0” of SIGNALBOX_IDEMPOTENCY_HOURS cannot be used'],
    ['SIGNALBOX_OUTAGE_SECONDS', '86401', '“86401” of SIGNALBOX_OUTAGE_SECONDS cannot be used'],
    ['SIGNALBOX_OUTAGE_SECONDS', '5', '“5” of SIGNALBOX_OUTAGE_SECONDS cannot be used'],
    ['SIGNALBOX_STOP_SECONDS', '3601', '“3601” of SIGNALBOX_STOP_SECONDS cannot be used'],
    ['SIGNALBOX_STOP_SECONDS', '0', '“0” of SIGNALBOX_STOP_SECONDS cannot be used'],
    ['SIGNALBOX_FOLD_REVISIONS', '0', '“0” of SIGNALBOX_FOLD_REVISIONS cannot be used'],
    ['SIGNALBOX_LARGE_ANSWERS', '0', '“0” of SIGNALBOX_LARGE_ANSWERS cannot be used'],
    ['SIGNALBOX_IN_FLIGHT_MB', 'none', '“none” of SIGNALBOX_IN_FLIGHT_MB cannot be used'],
    ['SIGNALBOX_FOLD_CHANGES', 'all', '“all” of SIGNALBOX_FOLD_CHANGES cannot be used'],
    ['SIGNALBOX_TAKE_SECONDS', '0', '“0” of SIGNALBOX_TAKE_SECONDS cannot be used'],
    ['SIGNALBOX_HISTORY_DAYS', '0', '“0” of SIGNALBOX_HISTORY_DAYS cannot be used'],
    ['SIGNALBOX_HISTORY_REVISIONS', 'all', '“all” of SIGNALBOX_HISTORY_REVISIONS cannot be used'],
    ['SIGNALBOX_ALLOW_LOOPBACK', 'yes', 'it must be true or false.'],
    ['SIGNALBOX_ALLOW_PRIVATE_WEBHOOKS', '1', 'it must be true or false.'],
    ['LOG_LEVEL', 'loud', 'it must be one of silent, error, warn, info, debug.'],
    ['DATABASE_URL', 'mysql://user:hidden@host/db', 'The value of DATABASE_URL cannot be used'],
    ['SIGNALBOX_ENCRYPTION_KEY', 'hidden', 'The value of SIGNALBOX_ENCRYPTION_KEY cannot be used'],
    ['SIGNALBOX_METRICS_TOKEN', 'hidden with a space in it', 'without white space'],
    ['SIGNALBOX_METRICS_TOKEN', 'hidden', 'The value of SIGNALBOX_METRICS_TOKEN cannot be used'],
    ['SIGNALBOX_ADMIN_TOKEN', 'hidden', 'The value of SIGNALBOX_ADMIN_TOKEN cannot be used'],
    ['SIGNALBOX_ADMIN_TOKEN', 'hidden with a space in it', 'without white space'],
  ])('name a wrong value with what is allowed, and no secret: %s %s', (name, value, sentence) => {
    expect(() => readSettings({ [name]: value })).toThrow(StartupError);
    expect(() => readSettings({ [name]: value })).toThrow(sentence);
    expect(() => readSettings({ [name]: value })).not.toThrow('hidden');
  });

  it('send traces as OpenTelemetry has it: to one address for all signals, or to one for traces alone', () => {
    const all = 'https://collector:4318/';
    const traces = 'http://tempo/own/path';
    const urlOf = (environment: Record<string, string>): unknown => readSettings(environment).tracesUrl;
    expect(urlOf({})).toBeUndefined();
    expect(urlOf({ OTEL_EXPORTER_OTLP_ENDPOINT: all })).toBe('https://collector:4318/v1/traces');
    expect(urlOf({ OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces })).toBe(
      traces,
    );
    expect(() => urlOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toThrow(
      /must be an address of HTTP/,
    );
  });

  it('take one encryption key, or its file, and not both', () => {
    const both = { SIGNALBOX_ENCRYPTION_KEY: 'A'.repeat(43), SIGNALBOX_ENCRYPTION_KEY_FILE: 'key' };
    expect(() => readSettings(both)).toThrow('are both given');
    expect(readSettings({ SIGNALBOX_ENCRYPTION_KEY_FILE: 'key' }).encryptionKeyFile).toBe(resolve('key'));
  });

  it('name every wrong value at once', () => {
    const wrong = { PORT: 'x', LOG_LEVEL: 'y' };
    expect(() => readSettings(wrong)).toThrow(/of PORT cannot be used.*\n.*of LOG_LEVEL cannot be used/);
  });
});
