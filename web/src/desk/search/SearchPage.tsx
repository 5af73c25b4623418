import { CloseButton, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDocumentTitle } from '@mantine/hooks';
import { IconAddressBook, IconBuilding, IconPackage, IconSearch, IconTicket } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useMeta, useOrganisation } from '@/api';
import type { SearchHit } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { useSearch } from '@/records';
import { EmptyState, ErrorState, RowsSkeleton, StatusBadge } from '@/ui';
import { useStatuses } from '../common/useStatuses';
import classes from './Search.module.css';

const typing_ms = 200;
const searched = ['tickets', 'contacts', 'accounts', 'products'];
const icons: Record<string, Icon> = { tickets: IconTicket, contacts: IconAddressBook, accounts: IconBuilding, products: IconPackage };

/** Everything that the words find, by module. Words and module stand in the address. */
export function SearchPage() {
  const { t } = useText();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const [address, setAddress] = useSearchParams();
  const words = address.get('q') ?? '';
  const module = address.get('module');
  const [typed, setTyped] = useState(words);
  useDocumentTitle(`${words === '' ? t('desk.search') : words} · Tandem`);
  const go = (q: string, only: string | null) => setAddress(only === null ? { q } : { q, module: only }, { replace: true });
  const goLater = useDebouncedCallback((q: string) => go(q, module), typing_ms);
  const search = useSearch(words.trim(), module);
  const groups = (search.data ?? []).filter((group) => group.records.length > 0);
  const label = (name: string) => {
    const found = modules.find((each) => each.name === name);
    return found ? moduleLabel(found) : name;
  };
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{t('desk.search')}</h1>
      <div className={classes.form}>
        <TextInput
          size="md"
          type="search"
          aria-label={t('desk.search')}
          placeholder={t('desk.search_placeholder')}
          leftSection={<IconSearch size={18} aria-hidden="true" />}
          rightSection={typed !== '' && <CloseButton aria-label={t('desk.search_clear')} onClick={() => { setTyped(''); go('', module); }} />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            goLater(event.currentTarget.value);
          }}
          autoFocus={words === ''}
        />
        <SegmentedControl
          classNames={{ label: classes.scope }}
          aria-label={t('desk.search_in')}
          data={[{ value: '', label: t('desk.search_everything') }, ...searched.map((name) => ({ value: name, label: label(name) }))]}
          value={module ?? ''}
          onChange={(next) => go(typed, next === '' ? null : next)}
        />
      </div>
      {search.error && !search.data && <ErrorState error={search.error} onRetry={() => void search.refetch()} />}
      {search.isLoading && <RowsSkeleton rows={6} />}
      {words.trim() === '' && <EmptyState icon={<IconSearch size={22} />} title={t('desk.search_begin')}>{t('desk.search_begin_help')}</EmptyState>}
      {words.trim() !== '' && search.isSuccess && groups.length === 0 && (
        <EmptyState icon={<IconSearch size={22} />} title={t('desk.search_nothing', { words })}>{t('desk.search_nothing_help')}</EmptyState>
      )}
      <div role="status" className="visually-hidden">
        {search.isSuccess && t('desk.search_found', { count: groups.reduce((sum, group) => sum + group.records.length, 0) })}
      </div>
      {words.trim() !== '' && groups.map((group) => (
        <section key={group.module} className={classes.group} aria-label={label(group.module)}>
          <h2 className={classes.heading}>{label(group.module)}</h2>
          <ul className={classes.hits}>
            {group.records.map((hit) => <Hit key={hit.id} module={group.module} hit={hit} />)}
          </ul>
          {group.more && module === null && (
            <Link className={classes.more} to={`?q=${encodeURIComponent(words)}&module=${group.module}`}>{t('desk.search_more', { module: label(group.module) })}</Link>
          )}
          {group.more && module !== null && <p className={classes.faint}>{t('desk.search_narrow')}</p>}
        </section>
      ))}
    </div>
  );
}

function Hit({ module, hit }: { module: string; hit: SearchHit }) {
  const org = useOrganisation();
  const statuses = useStatuses();
  const Sign = icons[module] ?? IconSearch;
  const status = hit.status === undefined ? null : statuses.find(hit.status);
  return (
    <li>
      <Link className={classes.hit} to={`/desk/${org}/${module}/${hit.id}`}>
        <Sign size={17} stroke={1.7} aria-hidden="true" />
        <span className={classes.words}>
          <span className={classes.title}>{hit.title}</span>
          {hit.subtitle !== null && hit.subtitle !== '' && <span className={classes.faint}>{hit.subtitle}</span>}
        </span>
        {status && <StatusBadge label={status.label} type={status.type} look="plain" />}
      </Link>
    </li>
  );
}
