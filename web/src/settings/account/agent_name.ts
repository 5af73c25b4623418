const browsers: [RegExp, string][] = [
  [/Edg\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\//, 'Firefox'], [/Chrome\//, 'Chrome'], [/Version\/.*Safari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/Linux/, 'Linux'],
];

/** "Firefox, Windows" of what a browser says about itself; the whole of it when it is unknown. */
export function agentName(agent: string): string {
  const first = (table: [RegExp, string][]) => table.find(([sign]) => sign.test(agent))?.[1];
  const names = [first(browsers), first(systems)].filter((name) => name !== undefined);
  return names.length === 0 ? agent : names.join(', ');
}
