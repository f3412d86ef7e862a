/** Where a failing task is reported. */
export interface TaskLog {
  error(details: object, message: string): void;
}

export interface Jobs {
  /**
   * Runs `task` again and again, the next run `ms` after the last one ended, so it never overlaps itself. A failure is
   * logged and the next run comes as planned.
   */
  every(ms: number, name: string, task: () => Promise<unknown>): void;
  /** No run begins after this; resolves when the running ones have ended. */
  stop(): Promise<void>;
}

/** Timers follow the machine's clock, not the injected one: they say when to look, never what is due. */
export function createJobs(log: TaskLog): Jobs {
  let stopped = false;
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<void>>();

  function plan(ms: number, name: string, task: () => Promise<unknown>): void {
    if (stopped) return;
    const timer = setTimeout(() => {
      running.set(
        name,
        run(name, task).then(() => {
          running.delete(name);
          plan(ms, name, task);
        }),
      );
    }, ms);
    // A waiting task keeps no process alive.
    timer.unref();
    timers.set(name, timer);
  }

  async function run(name: string, task: () => Promise<unknown>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (!stopped) log.error({ job: name, err: error }, 'A job failed; it runs again.');
    }
  }

  return {
    every: (ms, name, task) => {
      if (timers.has(name)) throw new Error(`There are two jobs named ${name}.`);
      plan(ms, name, task);
    },
    stop: async () => {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
