import { CloseButton, SegmentedControl, TextInput } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { findField, homeOf, useMeta, useOrganisation } from '@/api';
import type { SearchHit } from '@/api';
import { useFieldLabel, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui';
import { useSearch } from '../useSearch';
import { useTypedWords } from '../useTypedWords';
import { Marked } from './Marked';
import classes from './Search.module.css';

const typing_ms = 200;

export interface SearchPageProps {
  /** The modules that one may search alone, in their order, each with its sign. */
  searched: Record<string, Icon>;
  /** Stands at the end of what was found. */
  mark?: (hit: SearchHit) => ReactNode;
}

/** Everything that the words find, by module. Words and module stand in the address. */
export function SearchPage({ searched, mark }: SearchPageProps) {
  const { t } = useText();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const [address, setAddress] = useSearchParams();
  const words = address.get('q') ?? '';
  const module = address.get('module');
  useDocumentTitle(`${words === '' ? t('desk.search') : words} · Tandem`);
  const go = (q: string, only: string | null) => setAddress(only === null ? { q } : { q, module: only }, { replace: true });
  const { typed, type, clear } = useTypedWords(words, (q) => go(q, module), typing_ms);
  const search = useSearch(words.trim(), module);
  const groups = (search.data ?? []).filter((group) => group.records.length > 0 && group.module in searched);
  const readable = Object.keys(searched).filter((name) => modules.some((each) => each.name === name && each.may.includes('read')));
  const label = (name: string, count: 'many' | 'within' = 'many') => {
    const found = modules.find((each) => each.name === name);
    return found ? moduleLabel(found, count) : name;
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
          rightSection={typed !== '' && <CloseButton aria-label={t('desk.search_clear')} onClick={clear} />}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          autoFocus={words === ''}
        />
        <SegmentedControl
          classNames={{ label: classes.scope }}
          aria-label={t('desk.search_in')}
          data={[{ value: '', label: t('desk.search_everything') }, ...readable.map((name) => ({ value: name, label: label(name) }))]}
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
            {group.records.map((hit) => <Hit key={hit.id} module={group.module} icon={searched[group.module] ?? IconSearch} hit={hit} mark={mark} />)}
          </ul>
          {group.more && module === null && (
            <Link className={classes.more} to={`?q=${encodeURIComponent(words)}&module=${group.module}`}>{t('desk.search_more', { module: label(group.module, 'within') })}</Link>
          )}
          {group.more && module !== null && <p className={classes.faint}>{t('desk.search_narrow')}</p>}
        </section>
      ))}
    </div>
  );
}

function Hit({ module, icon: Sign, hit, mark }: { module: string; icon: Icon; hit: SearchHit; mark: SearchPageProps['mark'] }) {
  const org = useOrganisation();
  const fieldLabel = useFieldLabel();
  const found = useMeta().modules.find(({ name }) => name === module);
  const field = found && findField(found, hit.excerpt?.field ?? '');
  return (
    <li>
      <Link className={classes.hit} to={`${homeOf(org)}/${module}/${hit.id}`}>
        <Sign size={17} stroke={1.7} aria-hidden="true" />
        <span className={classes.words}>
          <span className={classes.title}>{hit.title_parts ? <Marked parts={hit.title_parts} /> : hit.title}</span>
          {hit.subtitle !== null && hit.subtitle !== '' && <span className={classes.faint}>{hit.subtitle}</span>}
          {hit.excerpt && (
            <span className={classes.excerpt}>
              {field && <span className={classes.where}>{fieldLabel(module, field)} </span>}
              <Marked parts={hit.excerpt.parts} />
            </span>
          )}
        </span>
        {mark?.(hit)}
      </Link>
    </li>
  );
}
