/** `45초`, `2분`. Seconds are rounded up to what a person would wait. */
export const waitKo = (seconds: number): string => (seconds < 60 ? `${seconds}초` : `${Math.ceil(seconds / 60)}분`);

/** `45 seconds`, `2 minutes`. */
export const waitEn = (seconds: number): string => {
  const [count, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};
