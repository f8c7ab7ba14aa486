import { alive } from '../../guarantees/alive.js';
import type { MemoryRecord } from '../../guarantees/bounded.js';
import type { Activity } from '../../guarantees/records.js';
import { allFaults } from '../faults/all.js';
import type { Fault } from '../faults/fault.js';
import type { Catalogue } from '../world/catalogue.js';
import type { Observer } from '../world/observer.js';
import type { Population } from '../world/population.js';

/** What a run must have had, so that it counts. */
export interface Minimum {
  readonly events: number;
  readonly ofEachFault: number;
  readonly resumes: number;
  readonly writesPerSecond: number;
}

/** Says a line about the run, for people. */
export type Say = (line: string) => void;

/** Counts what happens in a run. Keeps numbers, and what was broken. */
export class Tally {
  readonly broken: string[] = [];
  rounds = 0;
  private largest = 0;
  private readonly faults = new Map<number, number>();
  private readonly skips = new Map<number, string>();
  private readonly latencies: number[] = [];
  private readonly counted = new WeakMap<object, number>();
  private readonly began = performance.now();
  private sums = {
    events: 0,
    told: 0,
    resumes: 0,
    resyncs: 0,
    writes: 0,
    repeated: 0,
    reports: 0,
    lost: 0,
    transitions: 0,
  };

  constructor(
    private readonly seed: number,
    private readonly say: Say,
  ) {}

  get minutes(): number {
    return (performance.now() - this.began) / 60_000;
  }

  /** How often a fault was injected. */
  timesOf({ number }: Fault): number {
    return this.faults.get(number) ?? 0;
  }

  beginRound(): number {
    this.rounds += 1;
    return this.rounds;
  }

  injected(fault: Fault, ms: number, failure: unknown): void {
    this.faults.set(fault.number, this.timesOf(fault) + 1);
    this.say(
      `${this.minutes.toFixed(1)} min: ${fault.number} ${fault.name} (${(ms / 1_000).toFixed(1)} s)${failure ? ': FAILED' : ''}`,
    );
    if (failure !== undefined)
      this.note({ broken: [`Fault ${fault.number}, ${fault.name}: ${textOf(failure)}`] });
  }

  skipped(fault: Fault, why: string): void {
    if (!this.skips.has(fault.number)) this.say(`${fault.number} ${fault.name}: not run, ${why}`);
    this.skips.set(fault.number, why);
  }

  note({ broken }: { readonly broken: readonly string[] }): void {
    for (const sentence of broken.slice(0, 20)) this.say(`BROKEN: ${sentence}`);
    this.broken.push(...broken);
  }

  remember(footprints: readonly MemoryRecord[]): void {
    this.largest = Math.max(this.largest, ...footprints.map(({ bytes }) => bytes));
  }

  /** Adds what is new of a population. */
  count(population: Population): void {
    const { history, lost } = population.history();
    const { sums } = this;
    const size = (revisions: ReadonlyMap<number, { changes: readonly unknown[] }>): number =>
      [...revisions.values()].reduce((sum, { changes }) => sum + changes.length, 0);
    const gone = lost.reduce((sum, each) => sum + each.size, 0);
    sums.events += this.fresh(history, size(history) + lost.reduce((sum, each) => sum + size(each), 0));
    sums.lost += this.fresh(lost, gone);
    for (const writer of population.writers) {
      sums.writes += this.fresh(writer.records, writer.records.length);
      sums.repeated += this.fresh(writer, writer.repetitions);
    }
    for (const instance of population.instances)
      sums.reports += this.fresh(instance.reports, instance.reports.length);
    for (const observer of population.following()) this.countObserver(observer, population);
  }

  /** Of what the organization has once, whoever wrote and followed it in one round. */
  countCatalogue({ records, repetitions, followers }: Catalogue): void {
    this.sums.writes += records.length;
    this.sums.transitions += records.length;
    this.sums.repeated += repetitions;
    for (const { observer } of followers) {
      this.sums.resumes += observer.resumes;
      this.sums.resyncs += observer.entries.filter(({ is }) => is === 'resync').length;
    }
  }

  activities(minimum: Minimum): Activity[] {
    const { events, resumes, writes } = this.sums;
    const due = allFaults.filter(({ number }) => !this.skips.has(number));
    return [
      { what: 'events', happened: events, atLeast: minimum.events },
      { what: 'resumes with a cursor', happened: resumes, atLeast: minimum.resumes },
      {
        what: 'writes in a second',
        happened: writes / (this.minutes * 60),
        atLeast: minimum.writesPerSecond,
      },
      ...due.map((fault) => ({
        what: `fault ${fault.number}`,
        happened: this.timesOf(fault),
        atLeast: minimum.ofEachFault,
      })),
    ];
  }

  /** Whether the run was long enough for what it is to show. */
  close(minimum: Minimum): void {
    const missing = alive.breaches(this.activities(minimum), []);
    if (missing.length > 0) this.note({ broken: [`${alive.promise}\n${missing.join('\n')}`] });
  }

  /** For docs/reliability.md. */
  markdown(facts: readonly (readonly [string, string])[]): string {
    const { events, told, resumes, resyncs, writes, repeated, reports, lost, transitions } = this.sums;
    const rows = [
      ['seed', String(this.seed)],
      ...facts,
      ['minutes', this.minutes.toFixed(1)],
      ['rounds', String(this.rounds)],
      ['writes, of them repeated because their outcome was unknown', `${writes}, ${repeated}`],
      ['writes of services and their versions among them', String(transitions)],
      ['events committed', String(events)],
      ['changes told to observers', String(told)],
      ['reports of instances', String(reports)],
      ['resumes with a cursor', String(resumes)],
      ['resyncs', String(resyncs)],
      ['revisions lost by restores and failovers, all of them noticed', String(lost)],
      ['commit to receipt, faults included: median, 99 %, longest', this.latency()],
      ['most memory of a replica', `${Math.round(this.largest / 1_000_000)} MB`],
      ['violations', String(this.broken.length)],
    ];
    const faults = allFaults.map((fault) => {
      const why = this.skips.get(fault.number);
      return `| ${fault.number} | ${fault.name} | ${why === undefined ? this.timesOf(fault) : `not run: ${why}`} |`;
    });
    return [
      '| what | how much |\n| --- | --- |',
      ...rows.map(([what, much]) => `| ${what} | ${much} |`),
      '\n| fault | | times |\n| --- | --- | --- |',
      ...faults,
      ...(this.broken.length > 0 ? ['\nBroken:\n', ...this.broken.map((each) => `- ${each}`)] : []),
    ].join('\n');
  }

  private countObserver(observer: Observer, population: Population): void {
    const { entries, times } = observer;
    const begin = this.counted.get(entries) ?? 0;
    this.counted.set(entries, entries.length);
    const { history } = population.history();
    this.sums.resumes += this.fresh(times, observer.resumes);
    for (const [index, entry] of entries.entries()) {
      if (index < begin) continue;
      if (entry.is === 'resync') this.sums.resyncs += 1;
      if (entry.is === 'delta' || entry.is === 'fold') this.sums.told += entry.changes.length;
      if (entry.is !== 'delta') continue;
      const at = history.get(entry.revisions.at(-1)?.revision ?? 0)?.at;
      if (at !== undefined) this.latencies.push(Math.max(0, (times[index] ?? 0) - at));
    }
  }

  /** What has been added to something since it was last counted. */
  private fresh(what: object, now: number): number {
    const before = this.counted.get(what) ?? 0;
    this.counted.set(what, now);
    return now - before;
  }

  private latency(): string {
    const sorted = this.latencies.toSorted((one, other) => one - other);
    const at = (part: number): string =>
      `${Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0)} ms`;
    return `${at(0.5)}, ${at(0.99)}, ${at(1)}`;
  }
}

function textOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
