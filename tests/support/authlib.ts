import { execFile } from 'node:child_process';

const named = process.env['MEDBIZ_TEST_PYTHON'];

/** The Python that the test of Authlib runs on. */
export const PYTHON = named === undefined || named === '' ? 'python3' : named;

export const hasAuthlib = (): Promise<boolean> =>
  new Promise((resolve) => {
    execFile(PYTHON, ['-c', 'import authlib, requests'], (error) => resolve(error === null));
  });
