import { hostname } from 'node:os';
import { Command, Option } from 'commander';
import { runAgent } from '../../agent/agent.js';
import { drivers } from '../../agent/drivers/index.js';
import { openJournal } from '../../agent/journal.js';
import { endpointOf } from '../../sdk/endpoint.js';
import { SignalboxError } from '../../sdk/error.js';
import {
  tokenOf,
  withGroup,
  withServer,
  type CliContext,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';

interface Options extends ServerOptions {
  readonly group?: string;
  readonly driver: string;
  readonly out: string;
  readonly stateDir?: string;
  readonly hostname: string;
  readonly oss?: true;
}

/** `signalbox agent` */
export const agent: MakeCommand = (context) =>
  withServer(withGroup(new Command('agent')))
    .description('run an instance: keep a gateway’s configuration as the control plane wants it')
    .addOption(driverOption)
    .requiredOption('--out <file>', 'where the driver puts the configuration')
    .option(
      '--state-dir <dir>',
      'where identity and last good configuration are kept; without it, beside --out',
    )
    .option('--oss', 'for Kong Gateway without Enterprise: leave out consumer groups, which it does not know')
    .option('--hostname <name>', 'what to call the instance', hostname())
    .action((options: Options) => runAgent(agentOptions(options, context)));

const driverOption = new Option(
  '--driver <name>',
  `how: ${drivers.map(({ name, description }) => `${name} ${description}`).join('; ')}`,
)
  .choices(drivers.map(({ name }) => name))
  .default('file');

function agentOptions(
  options: Options,
  { environment, leaving }: CliContext,
): Parameters<typeof runAgent>[0] {
  const driver = drivers.find(({ name }) => name === options.driver);
  if (!driver)
    throw new SignalboxError({
      code: 'DRIVER_UNKNOWN',
      message: `There is no driver “${options.driver}”.`,
      retryable: false,
    });
  return {
    ...{ driver, signal: leaving(), group: options.group, out: options.out, hostname: options.hostname },
    edition: options.oss ? 'OPEN_SOURCE' : 'ENTERPRISE',
    endpoint: endpointOf(options.server),
    stateDirectory: options.stateDir ?? `${options.out}.state`,
    operatorToken: () => tokenOf(options, environment),
    journal: openJournal((line) => void process.stderr.write(line)),
  };
}
