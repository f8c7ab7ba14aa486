import { SharedAnswers } from './applied.answers.js';
import type { AppliedQuestion, AppliedStatus } from './applied.js';

const question: AppliedQuestion = { runtimeGroupId: 'a group', revision: 1, required: 'PRESENT' };

/** Answers that say how many reads it took to get them. */
function counted(): { answers: SharedAnswers; reads: () => number } {
  let reads = 0;
  const read = (asked: AppliedQuestion): Promise<AppliedStatus> => {
    reads += 1;
    return Promise.resolve({ ...asked, totalCount: reads } as AppliedStatus);
  };
  return { answers: new SharedAnswers(read), reads: () => reads };
}

describe('a shared answer', () => {
  it('is read once for all who ask at one position', async () => {
    const { answers, reads } = counted();
    await Promise.all(Array.from({ length: 10 }, () => answers.at(question, 'c1')));
    expect(reads()).toBe(1);
  });

  it('is read anew at another position', async () => {
    const { answers } = counted();
    expect(await answers.at(question, 'c1')).toMatchObject({ totalCount: 1 });
    expect(await answers.at(question, 'c2')).toMatchObject({ totalCount: 2 });
  });

  it.each<[string, Partial<AppliedQuestion>]>([
    ['group', { runtimeGroupId: 'another' }],
    ['revision', { revision: 2 }],
    ['sort of instances', { required: 'ALL' }],
  ])('is not that of another %s', async (_what, other) => {
    const { answers } = counted();
    await answers.at(question, 'c1');
    expect(await answers.at({ ...question, ...other }, 'c1')).toMatchObject({ ...other, totalCount: 2 });
  });

  it('is read anew for one who comes, and so for those who ask after', async () => {
    const { answers } = counted();
    await answers.at(question, 'c1');
    expect(await answers.now(question, 'c1')).toMatchObject({ totalCount: 2 });
    expect(await answers.at(question, 'c1')).toMatchObject({ totalCount: 2 });
  });

  it('is not kept if it failed', async () => {
    const outcomes = [
      Promise.reject(new Error('the database is away')),
      Promise.resolve({} as AppliedStatus),
    ];
    const answers = new SharedAnswers(() => outcomes.shift() as Promise<AppliedStatus>);
    await expect(answers.at(question, 'c1')).rejects.toThrow('away');
    await expect(answers.at(question, 'c1')).resolves.toEqual({});
  });

  it('is forgotten when many others were asked for since', async () => {
    const { answers, reads } = counted();
    await answers.at(question, 'c1');
    for (let revision = 2; revision <= 201; revision += 1) await answers.at({ ...question, revision }, 'c1');
    await answers.at(question, 'c1');
    expect(reads()).toBe(202);
  });
});
