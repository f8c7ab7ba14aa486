import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
} from '@opentelemetry/api';

const tracer = trace.getTracer('signalbox');

/** What a part of the work is called, and what is told of it. No secrets, and nothing that a client wrote but names. */
export interface Part {
  readonly name: string;
  readonly kind?: 'server' | 'client';
  readonly attributes?: Attributes;
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT } as const;

/**
 * Does a part of the work, and tells those who trace how long it took and whether it failed. Parts inside it are told as such.
 * While nobody traces, nothing comes of it.
 */
export async function traced<Result>(
  { name, kind, attributes = {} }: Part,
  work: () => Promise<Result>,
  from: Context = context.active(),
): Promise<Result> {
  const options = { kind: kind ? kinds[kind] : SpanKind.INTERNAL, attributes };
  return tracer.startActiveSpan(name, options, from, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setAttribute('error.type', typeOf(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The code of a refusal or of a database, or what it is called: what else an error says may be a client's. */
function typeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  return [code, name].find((word) => typeof word === 'string') ?? 'unknown';
}

/** True inside of something that is traced. What the control plane does by itself is not. */
export function isTraced(): boolean {
  return trace.getActiveSpan()?.isRecording() ?? false;
}

/** Says more of the part that is being done. */
export function tell({ name, attributes = {} }: Partial<Part>): void {
  const span = trace.getActiveSpan();
  span?.setAttributes(attributes);
  if (name !== undefined) span?.updateName(name);
}

/** Where a caller stands in a trace of its own, by its headers (W3C Trace Context). */
export function callerOf(headers: object): Context {
  return propagation.extract(context.active(), headers);
}

/** What finds the trace of a line in a log. */
export function traceIds(): { readonly trace_id?: string; readonly span_id?: string } {
  const ids = trace.getActiveSpan()?.spanContext();
  return ids ? { trace_id: ids.traceId, span_id: ids.spanId } : {};
}
