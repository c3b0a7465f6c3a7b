/** What every line of a location carries in the books, unless the line says otherwise. */
import { For, Show, type JSX } from "solid-js";
import type { MappingView } from "../../../../src/features/mapping/contract";
import { useShop } from "../../ui/shop";
import { optionWith } from "./draft";
import type { Staging } from "./staging";
import { TagSelect } from "./tag-select";
import { mappingWords as words } from "./words";

/** Nothing where the books track nothing. */
export function LocationTags(props: { view: MappingView; staging: Staging }): JSX.Element {
  const shop = useShop();
  return (
    <Show when={props.view.dimensions.length > 0 && props.view.locations.length > 0}>
      <section class="card location-tags" aria-labelledby="location-tags">
        <h2 id="location-tags">{words.locationTags}</h2>
        <p class="small">{words.locationTagsAbout}</p>
        <For each={props.view.locations}>
          {(location) => (
            <div class="tag-row">
              <span>{location.name}</span>
              <For each={props.view.dimensions}>
                {(dimension) => (
                  <label>
                    <span class="small">{dimension.name}</span>
                    <TagSelect
                      label={words.tagFor(dimension.name, location.name)} dimension={dimension} tags={location.tags} empty={words.noTag} isDisabled={!shop.may("mapping.write")}
                      value={optionWith(props.staging.draft().locations[location.id], location.tags, dimension.id)} onChoose={(option) => props.staging.tagLocation(location.id, dimension.id, option)}
                    />
                  </label>
                )}
              </For>
            </div>
          )}
        </For>
      </section>
    </Show>
  );
}
