import type { Filters } from "../filters.ts";
import type { Service } from "../types.ts";

const MOST_IN_A_LIST = 8;

interface Props {
  readonly filters: Filters;
  readonly services: readonly Service[];
  readonly onChoose: (change: Partial<Filters>) => void;
}

/** A list while it is short, a search when it is long; nothing when there is no choice. */
export function ServicePicker({ filters, services, onChoose }: Props) {
  if (services.length < 2) return null;
  return (
    <label class="field">
      service
      {services.length > MOST_IN_A_LIST ? (
        <Search filters={filters} services={services} onChoose={onChoose} />
      ) : (
        <List filters={filters} services={services} onChoose={onChoose} />
      )}
    </label>
  );
}

function List({ filters, services, onChoose }: Props) {
  return (
    <select
      value={filters.service ?? ""}
      onChange={({ currentTarget }) => onChoose({ service: currentTarget.value || null })}
    >
      <option value="">All {services.length}</option>
      {services.map(({ name }) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Search({ filters, services, onChoose }: Props) {
  const choose = (text: string): void => {
    const service = text.trim() || null;
    if (service !== filters.service && (service === null || services.some(({ name }) => name === service)))
      onChoose({ service });
  };
  return (
    <>
      <input
        type="search"
        list="services"
        placeholder={`All ${services.length}`}
        value={filters.service ?? ""}
        onInput={({ currentTarget }) => choose(currentTarget.value)}
      />
      <datalist id="services">
        {services.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
