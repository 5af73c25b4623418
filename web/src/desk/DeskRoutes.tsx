import { Suspense, lazy, useEffect } from 'react';
import { Route, Routes } from 'react-router';
import { PageSkeleton, ScreenBoundary } from '@/ui';
import { CallerCards } from './calls/CallerCards';
import { OutboxProvider } from './composer/Outbox';
import { PageNotFound } from './PageNotFound';
import { QueuePage } from './queue/QueuePage';
import { Readable } from './Readable';

const loadTicketPage = () => import('./ticket/TicketPage');
const TicketPage = lazy(() => loadTicketPage().then((part) => ({ default: part.TicketPage })));
const PeopleListPage = lazy(() => import('./people/PeopleListPage').then((part) => ({ default: part.PeopleListPage })));
const RecordPage = lazy(() => import('./people/RecordPage').then((part) => ({ default: part.RecordPage })));
const ActivitiesPage = lazy(() => import('./activities/ActivitiesPage').then((part) => ({ default: part.ActivitiesPage })));
const DashboardPage = lazy(() => import('./dashboard/DashboardPage').then((part) => ({ default: part.DashboardPage })));
const TicketsBehindPage = lazy(() => import('./dashboard/TicketsBehindPage').then((part) => ({ default: part.TicketsBehindPage })));
const DuplicatesPage = lazy(() => import('./contacts/DuplicatesPage').then((part) => ({ default: part.DuplicatesPage })));
const TimeReportPage = lazy(() => import('./time/TimeReportPage').then((part) => ({ default: part.TimeReportPage })));
const SearchPage = lazy(() => import('./search/DeskSearchPage').then((part) => ({ default: part.DeskSearchPage })));

const tickets = ['tickets'];
const contacts = ['contacts'];
const accounts = ['accounts'];
const products = ['products'];
const activities = ['tasks', 'appointments'];

/** Every address of Desk, below /desk/:org. */
export function DeskRoutes() {
  // The screen that comes next is there when it is asked for: until then, keys would act on the one before.
  useEffect(() => void loadTicketPage(), []);
  return (
    <OutboxProvider>
      <ScreenBoundary><Suspense fallback={<PageSkeleton />}>
        <Routes>
          <Route path="tickets" element={<Readable modules={tickets}><QueuePage /></Readable>} />
          <Route path="tickets/:id" element={<TicketPage />} />
          <Route path="contacts" element={<Readable key="contacts" modules={contacts}><PeopleListPage module="contacts" /></Readable>} />
          <Route path="contacts/duplicates" element={<Readable modules={contacts}><DuplicatesPage /></Readable>} />
          <Route path="contacts/:id" element={<Readable key="contacts" modules={contacts}><RecordPage module="contacts" /></Readable>} />
          <Route path="accounts" element={<Readable key="accounts" modules={accounts}><PeopleListPage module="accounts" /></Readable>} />
          <Route path="accounts/:id" element={<Readable key="accounts" modules={accounts}><RecordPage module="accounts" /></Readable>} />
          <Route path="products" element={<Readable key="products" modules={products}><PeopleListPage module="products" /></Readable>} />
          <Route path="products/:id" element={<Readable key="products" modules={products}><RecordPage module="products" /></Readable>} />
          <Route path="activities" element={<Readable modules={activities}><ActivitiesPage /></Readable>} />
          <Route path="dashboard" element={<Readable modules={tickets}><DashboardPage /></Readable>} />
          <Route path="dashboard/tickets" element={<Readable modules={tickets}><TicketsBehindPage /></Readable>} />
          <Route path="time" element={<Readable modules={tickets}><TimeReportPage /></Readable>} />
          <Route path="search" element={<SearchPage />} />
          <Route path="*" element={<PageNotFound />} />
        </Routes>
      </Suspense></ScreenBoundary>
      <CallerCards />
    </OutboxProvider>
  );
}
