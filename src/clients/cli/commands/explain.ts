import { Command } from 'commander';
import { SignalboxError } from '../../sdk/error.js';
import { findGroup } from '../../sdk/find-group.js';
import { ExplainRouteDocument, type GatewayRequestInput } from '../../sdk/generated.js';
import {
  clientOf,
  withGroup,
  withJson,
  withServer,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import { explanationText } from '../explanation-text.js';

interface Options extends ServerOptions {
  readonly group?: string;
  readonly method: string;
  readonly header: readonly string[];
  readonly sni?: string;
  readonly sourceIp?: string;
  readonly json?: true;
}

/** `signalbox explain` */
export const explain: MakeCommand = (context) =>
  withJson(withServer(withGroup(new Command('explain'))))
    .description('say what the gateways of a group would do with a request, and why')
    .argument('<url>', 'what the client asks for, such as https://api.example/orders')
    .option('--method <method>', 'the HTTP method', 'GET')
    .option('--header <name:value>', 'a header; may be given several times', gathered, [])
    .option('--sni <name>', 'the server named in the TLS handshake; without it, the host')
    .option('--source-ip <address>', 'where the client is')
    .action(async (url: string, options: Options) => {
      const request = requestOf(url, options);
      const client = await clientOf(options, context);
      const group = await findGroup(client, options.group);
      const variables = { runtimeGroupId: group.id, request, first: 20 };
      const { explainRoute } = await client.request(ExplainRouteDocument, variables);
      const { out, paint } = context.terminal;
      out(options.json ? JSON.stringify(explainRoute, null, 2) : explanationText(explainRoute, paint));
    });

function gathered(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

const protocols = ['HTTP', 'HTTPS', 'GRPC', 'GRPCS', 'TCP', 'TLS', 'TLS_PASSTHROUGH', 'UDP'] as const;

/** The request that a URL stands for. Its path is kept as it was written: gateways have their own way to read it. */
function requestOf(url: string, { method, header, sni, sourceIp }: Options): GatewayRequestInput {
  const [, scheme = '', host = '', path = ''] = /^([a-z_]+):\/\/([^/?#\s]+)([^#\s]*)/i.exec(url) ?? [];
  const protocol = protocols.find((each) => each === scheme.toUpperCase());
  if (!protocol) throw mistaken(`${url} is no URL of a gateway.`, 'Write it as https://api.example/orders.');
  return {
    ...{ protocol, host: host.toLowerCase(), method: method.toUpperCase(), headers: header.map(headerOf) },
    path: path.startsWith('/') ? path : `/${path}`,
    ...(sni !== undefined && { sni }),
    ...(sourceIp !== undefined && { sourceIp }),
  };
}

function headerOf(given: string): { name: string; value: string } {
  const [, name, value = ''] = /^([^:\s]+):\s*(.*)$/.exec(given) ?? [];
  if (name === undefined) throw mistaken(`${given} is no header.`, 'Write it as x-version:2.');
  return { name, value };
}

function mistaken(message: string, hint: string): SignalboxError {
  return new SignalboxError({ code: 'ARGUMENT_INVALID', message, retryable: false, hint });
}
