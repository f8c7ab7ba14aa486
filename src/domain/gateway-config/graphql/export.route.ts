import { z } from 'zod';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import type { HttpRoute, RouteRequest } from '../../../foundation/graphql/http-routes.js';
import { defineRefusal, refuseAny } from '../../../foundation/kernel/refusal.js';
import { loadMoment } from '../../runtime-groups/index.js';
import {
  exportConfiguration,
  exportWithSecrets,
  type Exported,
  type ExportPorts,
} from '../export/export.queries.js';

const parameterInvalid = defineRefusal<{ name: string; must: string; received: string }>(
  'PARAMETER_INVALID',
  'invalid',
  ({ name, must, received }) =>
    `The parameter “${name}” of this address must be ${must}. You gave “${received}”.`,
);

const parameterUnknown = defineRefusal<{ name: string; known: readonly string[] }>(
  'PARAMETER_UNKNOWN',
  'invalid',
  ({ name, known }) => `There is no parameter “${name}” here. There are ${known.join(', ')}.`,
);

const parameters = {
  form: z.enum(['flat', 'nested']).default('flat').describe('flat or nested'),
  notation: z.enum(['yaml', 'json']).default('yaml').describe('yaml or json'),
  edition: z.enum(['oss', 'enterprise']).default('enterprise').describe('oss or enterprise'),
  selectTag: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .describe('a tag'),
  withSecrets: z.enum(['true', 'false']).default('false').describe('true or false'),
  revision: z.coerce.number().int().min(0).optional().describe('the number of a revision'),
  time: z.iso.datetime({ offset: true }).optional().describe('a time, as 2026-01-31T12:00:00Z'),
};

const shape = z.strictObject(parameters);
type Given = z.infer<typeof shape>;

/** `GET /v1/runtime-groups/:id/configuration`: the same file as `exportConfiguration`, in parts. */
export function exportRoute({ pictures, recordExport }: ExportPorts): HttpRoute<GraphqlContext> {
  const hidden = exportConfiguration(pictures);
  const inClear = exportWithSecrets(pictures, recordExport);
  return {
    path: '/v1/runtime-groups/:id/configuration',
    answer: async ({ params: { id = '' }, query }, context, body) => {
      const given = read(query);
      const begin = (exported: Exported): void => body.begin(headersOf(exported, given));
      await context.ask(given.withSecrets === 'true' ? inClear : hidden, {
        runtimeGroupId: id,
        form: given.form === 'flat' ? 'FLAT' : 'NESTED',
        notation: given.notation === 'yaml' ? 'YAML' : 'JSON',
        edition: given.edition === 'oss' ? 'OPEN_SOURCE' : 'ENTERPRISE',
        selectTags: [given.selectTag].flat(),
        moment: await momentOf(context, id, given),
        sink: { begin, write: (text) => body.write(text) },
      });
    },
  };
}

function read(query: RouteRequest['query']): Given {
  const parsed = shape.safeParse(query);
  if (parsed.success) return parsed.data;
  const known = Object.keys(parameters);
  const unknown = Object.keys(query).filter((name) => !known.includes(name));
  const wrong = new Set(
    parsed.error.issues.flatMap(({ path: [name] }) => (name === undefined ? [] : [name])),
  );
  refuseAny([
    ...unknown.map((name) => parameterUnknown.problem({ name, known }, [name])),
    ...[...wrong].map((key) => {
      const name = String(key) as keyof typeof parameters;
      const must = parameters[name].description ?? '';
      return parameterInvalid.problem({ name, must, received: String(query[name]) }, [name]);
    }),
  ]);
  throw parsed.error;
}

function momentOf(context: GraphqlContext, id: string, { revision, time }: Given) {
  if (revision === undefined && time === undefined) return null;
  return loadMoment(context, id, {
    revision: revision ?? null,
    time: time === undefined ? null : new Date(time),
  });
}

function headersOf({ revision, configHash }: Exported, { notation }: Given): Record<string, string> {
  return {
    'content-type': `application/${notation}; charset=utf-8`,
    'signalbox-revision': String(revision),
    'signalbox-config-hash': configHash,
  };
}
