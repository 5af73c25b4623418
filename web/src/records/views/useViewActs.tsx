import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import type { CustomView } from '@/api';
import { useText } from '@/i18n';
import { useConfirm, useToast } from '@/ui';
import { ConditionModule } from '../conditions/condition_module';
import { useViewWrites } from './useViewWrites';

const ViewDialog = lazy(() => import('./ViewDialog').then((part) => ({ default: part.ViewDialog })));

interface Opened {
  view: CustomView | null;
  model: CustomView | null;
}

export interface ViewActs {
  create: () => void;
  edit: (view: CustomView) => void;
  copy: (view: CustomView) => void;
  remove: (view: CustomView) => Promise<void>;
  move: (view: CustomView, by: -1 | 1) => Promise<void>;
  copyLink: (view: CustomView) => void;
  /** The dialog, while it is open. */
  dialog: ReactNode;
}

interface ViewActsOptions {
  module: string;
  views: CustomView[];
  may_share: boolean;
  addressOf: (view: string) => string;
  /** Shows a view: the one that was just made, or the usual one when the shown one was deleted. */
  onShow: (view: string | null) => void;
  chosen: string;
}

/** What can be done with custom views, and the dialog that does it. */
export function useViewActs({ module, views, may_share, addressOf, onShow, chosen }: ViewActsOptions): ViewActs {
  const { t } = useText();
  const confirm = useConfirm();
  const toast = useToast();
  const writes = useViewWrites(module);
  const [opened, setOpened] = useState<Opened | null>(null);
  const remove = async (view: CustomView) => {
    const question = { title: t('views.delete_title', { name: view.name }), body: t(view.is_shared ? 'views.delete_shared' : 'views.delete_own'), confirm: t('ui.delete') };
    if (!(await confirm(question))) return;
    try {
      await writes.remove(view.id);
      if (view.id === chosen) onShow(null);
      toast.undoable(t('views.deleted', { name: view.name }), () => {
        writes.restore(view.id).then((restored) => onShow(restored.id), toast.refused);
      });
    } catch (error) {
      toast.refused(error);
    }
  };
  const move = async (view: CustomView, by: -1 | 1) => {
    const ids = views.map((each) => each.id);
    const from = ids.indexOf(view.id);
    ids.splice(from, 1);
    ids.splice(from + by, 0, view.id);
    await writes.order(ids).catch(toast.refused);
  };
  const copyLink = (view: CustomView) => {
    const link = new URL(addressOf(view.id), window.location.href).href;
    void navigator.clipboard.writeText(link).then(() => toast.done(t('ui.copied')));
  };
  return {
    create: () => setOpened({ view: null, model: null }),
    edit: (view) => setOpened({ view, model: null }),
    copy: (view) => setOpened({ view: null, model: view }),
    remove,
    move,
    copyLink,
    dialog: opened && (
      <Suspense fallback={null}>
        <ConditionModule value={module}>
          <ViewDialog
            {...opened} may_share={may_share} onClose={() => setOpened(null)}
            onSaved={(saved) => {
              toast.done(t('ui.saved'));
              onShow(saved.id);
            }}
          />
        </ConditionModule>
      </Suspense>
    ),
  };
}
