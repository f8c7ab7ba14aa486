import { readFile } from 'node:fs/promises';
import { buildSchema, parse, validate } from 'graphql';
import { defaultTabs } from '../../src/clients/console/graphiql/default-tabs.js';

const tabs = defaultTabs('0198f3c0-0000-7000-8000-000000000001').map(
  ({ query }) => [/(?:query|mutation|subscription) \w+/.exec(query)?.[0], query] as const,
);

it.each(tabs)('the schema answers what a tab of GraphiQL asks: %s', async (_name, query) => {
  // The schema is printed with the directives of the federation, which no one defines here.
  const schema = buildSchema(await readFile('schema.graphql', 'utf8'), { assumeValidSDL: true });
  expect(validate(schema, parse(query))).toEqual([]);
});
