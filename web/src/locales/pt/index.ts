// One file per group of keys: src/locales/pt/desk.json holds every key that starts with `desk.`.
const files = import.meta.glob<Record<string, unknown>>('./*.json', { eager: true, import: 'default' });

const catalogue: Record<string, unknown> = {};
for (const [path, texts] of Object.entries(files)) catalogue[path.slice(2, -'.json'.length)] = texts;

export default catalogue;
