/** What the environment holds. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** One `${{ … }}`, and what it asks. */
export interface Expression {
  readonly source: string;
  readonly variables: Variables;
}

/** What an expression comes to, or why it does not. */
export type Evaluated = { readonly value: string | number | boolean } | { readonly problem: string };

const form = /^\$\{\{-?\s*env\s+\\?["'`]([^"'`\\]*)\\?["'`]\s*(?:\|\s*(\w+)(?:\s+\d+)?\s*)?-?\}\}$/;

/** The value of the variable that the expression names, as the filter of the expression makes it. */
export function valueOf({ source, variables }: Expression): Evaluated {
  const [matched, name = '', filterName] = form.exec(source) ?? [];
  if (matched === undefined) {
    const problem = `${source} is none of what can be filled in. Write it as \${{ env "DECK_NAME" }}, with | toInt, toFloat or toBool after the name where it is no text.`;
    return { problem };
  }
  if (!name.startsWith('DECK_')) {
    return { problem: `${source} is not filled in: only variables whose names begin with DECK_ are.` };
  }
  const text = variables[name];
  if (text === undefined) return { problem: `${source} cannot be filled in: ${name} is not set.` };
  if (filterName === undefined) return { value: text };
  const filter = Object.hasOwn(filters, filterName) ? filters[filterName] : undefined;
  if (!filter)
    return {
      problem: `${source} has the filter ${filterName}; there are ${Object.keys(filters).join(', ')}.`,
    };
  const value = filter(text);
  // The value itself may be a secret, and is not told.
  return value === undefined
    ? { problem: `${source} cannot be filled in: the value of ${name} is none for ${filterName}.` }
    : { value };
}

/** The filters of decK. Nothing stands for what they do not take. */
const filters: Readonly<Record<string, (text: string) => string | number | boolean | undefined>> = {
  toBool: (text) => {
    if (/^(?:1|t|T|true|TRUE|True)$/.test(text)) return true;
    return /^(?:0|f|F|false|FALSE|False)$/.test(text) ? false : undefined;
  },
  toInt: (text) => (/^[-+]?\d{1,15}$/.test(text) ? Number(text) : undefined),
  toFloat: (text) => (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : undefined),
  // Text of several lines needs no help to stand in a block here.
  indent: (text) => text,
};
