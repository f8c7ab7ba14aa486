import { unmeasured, type Meter } from '../metrics/meter.js';
import { InFlight } from './in-flight.js';

let read: () => number | undefined = () => undefined;
const meter: Meter = { ...unmeasured, gauge: (_name, of) => (read = of) };

describe('what is on its way', () => {
  it('counts each payload once, until the last socket has it', () => {
    const inFlight = new InFlight(100, meter);
    const payload = Buffer.alloc(60);
    const [first, second] = [inFlight.add(payload), inFlight.add(payload)];
    expect(read()).toBe(60);
    first();
    first();
    expect(read()).toBe(60);
    second();
    expect(read()).toBe(0);
  });

  it('is full at its limit, and says when there is room again', () => {
    const inFlight = new InFlight(100, meter);
    let told = 0;
    inFlight.onRoom(() => (told += 1));
    const landed = [inFlight.add(Buffer.alloc(60)), inFlight.add(Buffer.alloc(60))];
    expect(inFlight.isFull).toBe(true);
    for (const each of landed) each();
    expect(inFlight.isFull).toBe(false);
    expect(told).toBe(1);
  });
});
