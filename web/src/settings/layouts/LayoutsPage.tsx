import { Button, Group, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { put, remove, useMeta } from '@/api';
import type { Layout } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, ErrorState, Page, RowsSkeleton, useConfirm } from '@/ui';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { layoutBody } from './layout_form';
import type { LayoutForm } from './layout_form';
import { LayoutEditor } from './LayoutEditor';

/** Which fields the tickets of a department have, in which order, and which must be filled in. */
export function LayoutsPage() {
  const { t } = useText();
  const { departments } = useMeta();
  const [chosen, setChosen] = useState<string | null>(null);
  const department = departments.find(({ id }) => id === chosen) ?? departments[0];
  return (
    <Page title={t('settings.layouts.title')} lead={t('settings.layouts.lead')} width="wide">
      {department === undefined
        ? <EmptyState title={t('settings.departments.empty')}>{t('settings.departments.lead')}</EmptyState>
        : (
          <>
            <Select
              label={t('layouts.department')} allowDeselect={false} searchable maw={360} mb="md" value={department.id}
              data={departments.map(({ id, name }) => ({ value: id, label: name }))} nothingFoundMessage={t('ui.nothing_found')} onChange={setChosen}
            />
            <DepartmentLayout key={department.id} department={department.id} />
          </>
        )}
    </Page>
  );
}

function DepartmentLayout({ department }: { department: string }) {
  const { t } = useText();
  const path = `layouts/${department}`;
  const layout = useSettingsQuery<Layout>(path);
  const write = useSettingsWrite('audit_log');
  const cache = useQueryClient();
  const act = useAct();
  const confirm = useConfirm();
  const [is_sending, setSending] = useState(false);
  const [round, setRound] = useState(0);
  const store = async (send: (base: string) => Promise<unknown>, done: string) => {
    setSending(true);
    await act(async () => {
      await write(send);
      await cache.refetchQueries({ predicate: (query) => query.queryKey.includes(path) });
      setRound((before) => before + 1);
    }, done);
    setSending(false);
  };
  const handleSave = (form: LayoutForm) => void store((base) => put(`${base}/${path}`, layoutBody(form)), t('layouts.saved'));
  const handleReset = async () => {
    const is_sure = await confirm({ title: t('layouts.reset_title'), body: t('layouts.reset_help'), confirm: t('layouts.reset') });
    if (is_sure) await store((base) => remove(`${base}/${path}`), t('layouts.saved'));
  };
  if (layout.isPending) return <RowsSkeleton rows={6} />;
  if (layout.data === undefined) return <ErrorState error={layout.error} onRetry={() => void layout.refetch()} />;
  return (
    <>
      <Group justify="space-between" mb="sm">
        <span>{t(layout.data.is_own ? 'layouts.is_own' : 'layouts.is_usual')}</span>
        {layout.data.is_own && <Button variant="default" size="compact-md" onClick={() => void handleReset()}>{t('layouts.reset')}</Button>}
      </Group>
      <LayoutEditor key={round} layout={layout.data} is_sending={is_sending} onSave={handleSave} />
    </>
  );
}
