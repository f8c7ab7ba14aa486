// Decorators ask for it as soon as they are called.
import 'reflect-metadata';
import { Field, type ClassType, type FieldOptions } from 'type-graphql';

/** Makes an empty class with this name, for decorators to be called on. It inherits the fields of its parent. */
export function generatedClass<Shape extends object>(
  name: string,
  parent: abstract new () => object = class {},
): ClassType<Shape> {
  return { [name]: class extends parent {} }[name] as unknown as ClassType<Shape>;
}

/** One field of a generated class. Every one has a description. */
export interface GeneratedField extends FieldOptions {
  readonly type: () => ClassType | object;
  /** True: a list of non-null items. */
  readonly isList?: boolean;
  readonly description: string;
}

/** Adds a field to a generated class. */
export function addField(
  target: ClassType,
  name: string,
  { type, isList, ...options }: GeneratedField,
): void {
  Field(() => (isList ? [type()] : type()), options)(target.prototype, name);
}

/** Calls `make` once for each name; later calls for the name answer what the first one made. */
export function oncePerName<Arguments extends readonly unknown[], Made>(
  make: (name: string, ...rest: Arguments) => Made,
): (name: string, ...rest: Arguments) => Made {
  const made = new Map<string, Made>();
  return (name, ...rest) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const created = make(name, ...rest);
    made.set(name, created);
    return created;
  };
}
