import { buildSchema, getOperationAST, parse, type ExecutionResult } from 'graphql';
import { unmeasured } from '../metrics/meter.js';
import { Executions, type MakePayload, type Operation } from './executions.js';

const schema = buildSchema(`
  type Query { nothing: Int }
  type Subscription { seen(after: String, of: String): Seen }
  type Seen { by: String, broken: Int }
`);

interface Asked {
  readonly query?: string;
  readonly variables?: Record<string, unknown>;
  /** Who asks, as the fields of the message see it. */
  readonly actor?: string;
}

const plain = 'subscription ($after: String, $of: String) { seen(after: $after, of: $of) { by } }';

function operation({ query = plain, variables = {}, actor = 'anna' }: Asked = {}): Operation {
  const document = parse(query);
  const definition = getOperationAST(document);
  if (!definition) throw new Error('no operation');
  const [contextValue, variableValues] = [{ actor }, variables];
  return { schema, document, definition, text: query, contextValue, variableValues };
}

/** A message whose field says who it was looked up for, and counts how often that was. */
function message(): { readonly seen: object; readonly lookups: string[] } {
  const lookups: string[] = [];
  const by = (_args: object, { actor }: { actor: string }): string => {
    lookups.push(actor);
    return actor;
  };
  return { seen: { by, broken: () => Promise.reject(new Error('broken')) }, lookups };
}

const present = ({ data, errors }: ExecutionResult): object => ({ data, ...(errors && { errors }) });

async function textOf(make: MakePayload, about: object): Promise<string> {
  return String((await make(about)).ending).slice(0, -1);
}

describe('a message', () => {
  it('is made into a payload once for all of an audience, wherever they began', async () => {
    const executions = new Executions(present, unmeasured);
    const told = message();
    const first = executions.of(operation({ variables: { after: 'c1', of: 'a' } }), 'readers');
    const second = executions.of(
      operation({ variables: { of: 'a', after: 'c2' }, actor: 'bert' }),
      'readers',
    );
    const both = await Promise.all([first(told), second(told)]);
    expect(both[0]).toBe(both[1]);
    expect(second(told)).toBe(both[0]);
    expect(told.lookups).toEqual(['anna']);
  });

  it.each<[string, Asked, string | undefined]>([
    ['have other rights', {}, 'others'],
    ['share with nobody', {}, undefined],
    ['ask for other things', { query: plain.replace('by', 'who: by') }, 'readers'],
    ['ask with other variables', { variables: { of: 'b' } }, 'readers'],
    [
      'use the cursor for something else, too',
      {
        query: 'subscription ($after: String) { seen(after: $after, of: $after) { by } }',
        variables: { after: 'c1' },
      },
      'readers',
    ],
  ])('is looked up anew for those who %s', async (_who, asked, audience) => {
    const executions = new Executions(present, unmeasured);
    const told = message();
    const anna = executions.of(operation(), 'readers');
    const bert = executions.of(operation({ ...asked, actor: 'bert' }), audience);
    expect(await textOf(anna, told)).toContain('anna');
    expect(await textOf(bert, told)).toContain('bert');
    expect(await textOf(anna, told)).toContain('anna');
    expect(told.lookups).toEqual(['anna', 'bert']);
  });

  it('is not shared with anybody if nobody said that it may be', async () => {
    const executions = new Executions(present, unmeasured);
    const told = message();
    const make = executions.of(operation(), undefined);
    await make(told);
    await make(told);
    expect(told.lookups).toHaveLength(2);
  });

  it('that could not be resolved is tried again for the next', async () => {
    const executions = new Executions(present, unmeasured);
    const told = message();
    const make = executions.of(operation({ query: 'subscription { seen { broken } }' }), 'readers');
    const first = await make(told);
    expect(first.hasErrors).toBe(true);
    expect(await make(told)).not.toBe(first);
  });
});
