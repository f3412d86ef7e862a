/** One audit row per block and key: a flood of refused guesses must not become a flood of rows. Per process, bounded. */
export function firstOfEachBlock(): (key: string, retryAt: number) => boolean {
  const MOST = 10_000;
  const noted = new Map<string, number>();
  return (key, retryAt) => {
    if (noted.get(key) === retryAt) return false;
    if (noted.size >= MOST) noted.clear();
    noted.set(key, retryAt);
    return true;
  };
}
