import { useMeta } from '@/api';
import { SearchPage } from '@/records/search/SearchPage';
import { sales_module_names, sales_modules } from '../sales_modules';

/** What the words find in the modules that the organisation has. */
export function SalesSearchPage() {
  const { modules } = useMeta();
  const names = sales_module_names.filter((name) => modules.some((module) => module.name === name && module.may.includes('read')));
  return <SearchPage searched={Object.fromEntries(names.map((name) => [name, sales_modules[name].icon]))} />;
}
