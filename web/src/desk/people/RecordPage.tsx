import { Button, Tabs } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconArrowLeft, IconArrowsJoin, IconBuilding, IconPackage, IconPlus, IconTrash } from '@tabler/icons-react';
import { Suspense, lazy, useState } from 'react';
import { Link, Navigate, useNavigate, useParams, useSearchParams } from 'react-router';
import { useMay, useModule, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asText, mayWrite, RecordLink, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { PropertyList, RecordFormDialog, useDeleteWithUndo, useRecord } from '@/records';
import { Avatar, ErrorState, PageSkeleton, useCommands } from '@/ui';
import { ProductCustomers } from '../products/ProductCustomers';
import product_classes from '../products/Products.module.css';
import { RelatedProducts } from '../products/RelatedProducts';
import { ContactMergeDialog } from '../contacts/ContactMergeDialog';
import { DuplicateNote } from '../contacts/DuplicateNote';
import { StatisticsCard } from '../ratings/StatisticsCard';
import { DeskHistory } from '../side/DeskHistory';
import classes from './People.module.css';
import { RelatedContacts } from './RelatedContacts';
import { RelatedTickets } from './RelatedTickets';

const NewTicketDialog = lazy(() => import('../queue/NewTicketDialog').then((part) => ({ default: part.NewTicketDialog })));

type PageModule = 'contacts' | 'accounts' | 'products';

interface RecordPageProps {
  module: PageModule;
}

const field_of_tickets = { contacts: 'contact', accounts: 'account', products: 'product' };
/** Said beside the properties rather than among them. */
const said_elsewhere = ['merged_into', 'synced_from', 'synced_fields'];

/** A contact, an account or a product: what is known, its tickets, and who changed what. */
export function RecordPage({ module }: RecordPageProps) {
  const org = useOrganisation();
  const id = useParams().id ?? '';
  const query = useRecord(module, id);
  const became = asLinked(query.data?.merged_into);
  if (became) return <Navigate to={`/desk/${org}/contacts/${became.id}`} replace />;
  if (query.data) return <RecordScreen key={id} module_name={module} record={query.data} />;
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} action={<BackToList module={module} />} />;
  return <PageSkeleton />;
}

function BackToList({ module: name }: RecordPageProps) {
  const { t } = useText();
  const org = useOrganisation();
  const module = useModule(name);
  const moduleLabel = useModuleLabel();
  return <Button component={Link} to={`/desk/${org}/${name}`} variant="default">{t('desk.back_to', { module: moduleLabel(module, 'within') })}</Button>;
}

function RecordScreen({ module_name, record }: { module_name: PageModule; record: RecordData }) {
  const { t } = useText();
  const org = useOrganisation();
  const navigate = useNavigate();
  const module = useModule(module_name);
  const moduleLabel = useModuleLabel();
  const may_ask = useMay('create', 'tickets');
  const may_read_tickets = useMay('read', 'tickets');
  const removeWithUndo = useDeleteWithUndo(module_name);
  const [words, setWords] = useSearchParams();
  const [dialog, setDialog] = useState<'edit' | 'ticket' | 'merge' | null>(null);
  useDocumentTitle(`${record.title} · Tandem`);
  const may_update = record.may.includes('update');
  const may_ask_here = may_ask && module_name === 'contacts';
  const may_merge = module_name === 'contacts' && record.may.includes('merge') && record.may.includes('delete');
  const account = asLinked(record.account);
  const source = asText(record.synced_from);
  const shown = module.fields.filter((field) => !said_elsewhere.includes(field.name));
  const may_read_products = useMay('read', 'products');
  const may_read_contacts = useMay('read', 'contacts');
  const tabs = [
    ...(may_read_tickets ? [{ name: 'tickets', label: t('desk.tickets') }] : []),
    ...(module_name === 'accounts' && may_read_contacts ? [{ name: 'contacts', label: t('desk.contacts') }] : []),
    ...(module_name !== 'products' && may_read_products ? [{ name: 'products', label: t('products.products') }] : []),
    ...(module_name === 'products' ? [{ name: 'customers', label: t('products.customers') }] : []),
    { name: 'history', label: t('desk.history') },
  ];
  const first_tab = tabs[0]?.name ?? 'history';
  const asked = words.get('tab');
  const tab = tabs.some((each) => each.name === asked) ? asked : first_tab;
  const handleDelete = async () => {
    const back = `/desk/${org}/${module_name}/${record.id}`;
    if (await removeWithUndo(record, () => void navigate(back))) void navigate(`/desk/${org}/${module_name}`);
  };
  useCommands([
    ...(may_update ? [{ id: 'record.edit', label: t('ui.edit'), group: t('desk.this_record'), keys: 'e', run: () => setDialog('edit') }] : []),
    ...(may_ask_here ? [{ id: 'ticket.new', label: t('desk.new_ticket'), group: t('desk.this_record'), keys: 'c', run: () => setDialog('ticket') }] : []),
  ]);
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <Link className={classes.back} to={`/desk/${org}/${module_name}`} aria-label={t('desk.back_to', { module: moduleLabel(module, 'within') })}>
          <IconArrowLeft size={17} aria-hidden="true" />
        </Link>
        {module_name === 'contacts' ? <Avatar name={record.title} size="large" /> : <span className={classes.sign} aria-hidden="true">{module_name === 'accounts' ? <IconBuilding size={18} /> : <IconPackage size={18} />}</span>}
        <div className={classes.words}>
          <h1 className={classes.title}>{record.title}</h1>
          <span className={classes.dim}>
            {asText(record.job_title) ?? asText(record.industry) ?? (module_name === 'products' ? asText(record.code) : null)}
            {account && <>{asText(record.job_title) !== null && ' · '}<RecordLink module="accounts" id={account.id}>{account.title}</RecordLink></>}
          </span>
        </div>
        <div className={classes.acts}>
          {may_ask_here && <Button leftSection={<IconPlus size={16} />} onClick={() => setDialog('ticket')}>{t('desk.new_ticket')}</Button>}
          {may_update && <Button variant="default" onClick={() => setDialog('edit')}>{t('ui.edit')}</Button>}
          {may_merge && <Button variant="default" leftSection={<IconArrowsJoin size={15} />} onClick={() => setDialog('merge')}>{t('merge.action')}</Button>}
          {record.may.includes('delete') && (
            <Button variant="default" leftSection={<IconTrash size={15} />} onClick={() => void handleDelete()}>{t('ui.delete')}</Button>
          )}
        </div>
      </header>
      {may_merge && <DuplicateNote contact={record} />}
      {may_read_tickets && module_name !== 'products' && <StatisticsCard module={module_name} id={record.id} />}
      <div className={classes.columns}>
        <section className={classes.properties} aria-label={t('desk.properties')}>
          {source !== null && <p className={product_classes.kept}>{t('products.kept_by', { source })}</p>}
          <PropertyList module={module} record={record} fields={shown.map((field) => field.name)} />
        </section>
        <div className={classes.related}>
          <Tabs value={tab} onChange={(next) => setWords(next === null || next === first_tab ? {} : { tab: next }, { replace: true })} keepMounted={false} className={classes.tabs}>
            <Tabs.List className={classes.tabList}>
              {tabs.map(({ name, label }) => <Tabs.Tab key={name} value={name}>{label}</Tabs.Tab>)}
            </Tabs.List>
            <Tabs.Panel value="tickets" className={classes.panel}>
              <RelatedTickets field={field_of_tickets[module_name]} id={record.id} />
            </Tabs.Panel>
            <Tabs.Panel value="contacts" className={classes.panel}><RelatedContacts account={record} /></Tabs.Panel>
            {module_name === 'products'
              ? <Tabs.Panel value="customers" className={classes.panel}><ProductCustomers product={record} /></Tabs.Panel>
              : <Tabs.Panel value="products" className={classes.panel}><RelatedProducts module={module_name} customer={record} /></Tabs.Panel>}
            <Tabs.Panel value="history" className={classes.panel}>
              <div className={classes.history}><DeskHistory module={module_name} id={record.id} /></div>
            </Tabs.Panel>
          </Tabs>
        </div>
      </div>
      <RecordFormDialog
        module={module}
        title={t('desk.edit_record', { title: record.title })}
        fields={shown.filter((field) => mayWrite(record, field)).map((field) => field.name)}
        record={record}
        is_open={dialog === 'edit'}
        submit_label={t('ui.save')}
        onClose={() => setDialog(null)}
      />
      {dialog === 'merge' && <ContactMergeDialog contact={record} onClose={() => setDialog(null)} />}
      {dialog === 'ticket' && (
        <Suspense fallback={null}>
          <NewTicketDialog
            department={null}
            contact={asLinked(record)}
            onClose={() => setDialog(null)}
            onCreated={(id) => void navigate(`/desk/${org}/tickets/${id}`)}
          />
        </Suspense>
      )}
    </div>
  );
}
