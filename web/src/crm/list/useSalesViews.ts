import { homeOf, useOrganisation } from '@/api';
import type { CustomView, View } from '@/api';
import { useOptionalText } from '@/i18n';
import { isCustom, useViewActs, useViews } from '@/records';
import type { ViewActs } from '@/records';
import type { SalesModuleName } from '../sales_modules';

/** Where people begin. */
export const usual_view = 'all';

/** Ready views have words for ids; those that somebody made have numbers. */
export function isOwnView(view: string | null): boolean {
  return view !== null && /^\d+$/.test(view);
}

interface SalesViewsOptions {
  module: SalesModuleName;
  chosen: string;
  /** The module has other shapes beside its list, and its address says which one is meant. */
  is_list_shape: boolean;
  onShow: (view: string | null) => void;
}

export interface SalesViews {
  all: (View | CustomView)[] | undefined;
  chosen: string;
  /** The shown view, when somebody made it and it is known already. */
  own: CustomView | undefined;
  is_custom: boolean;
  acts: ViewActs;
  nameOf: (view: View) => string;
  show: (view: string) => void;
}

/** The views of a module of CRM or Bigin, and what can be done with them. */
export function useSalesViews({ module, chosen, is_list_shape, onShow }: SalesViewsOptions): SalesViews {
  const org = useOrganisation();
  const text = useOptionalText();
  const views = useViews(module);
  const custom = (views.data?.views ?? []).filter(isCustom);
  const show = (view: string | null) => onShow(view === usual_view ? null : view);
  const acts = useViewActs({
    module, views: custom, may_share: views.data?.may_share ?? false, chosen, onShow: show,
    addressOf: (id) => `${homeOf(org)}/${module}?${is_list_shape ? 'shape=list&' : ''}view=${id}`,
  });
  return {
    all: views.data?.views,
    chosen,
    own: custom.find((view) => view.id === chosen),
    is_custom: isOwnView(chosen),
    acts,
    nameOf: (view) => text(`views.ready_names.${view.id}`, view.name),
    show,
  };
}
