// The walks behind every_page(), one function per part of the journey. Main thread.
#pragma once

#include "app/training/gallery/every_page.hpp"

#include <functional>

namespace app::training::gallery {

// Collects pages; post and health are those of a terminal on a quiet day unless a sample says else.
class Collector {
  public:
    using Change = std::function<void(SamplePage&)>;
    void add(std::string name, const samples::Walker& walker, const Change& change = {});
    std::vector<SamplePage> take() { return std::move(pages_); }
    const std::vector<SamplePage>& pages() const { return pages_; }

  private:
    std::vector<SamplePage> pages_;
};

void first_pages(Collector& pages);
// Lists of services by topic, search, columns, what there is to read.
void service_pages(Collector& pages);
// What the services that are filed here have beside the one that every other walk takes.
void item_pages(Collector& pages);
// What is taken along from a guide, samples of papers, the check by trade.
void take_along_pages(Collector& pages);
void identifying_pages(Collector& pages);
void form_pages(Collector& pages);
void signing_pages(Collector& pages);
void closing_pages(Collector& pages);
// A paper that the centre makes out.
void proof_pages(Collector& pages);
void progress_pages(Collector& pages);
// Asking, complaining, 办不成事, what could be better, and the answers.
void voice_pages(Collector& pages);
// What the office has done with a case.
void case_life_pages(Collector& pages);
void pay_pages(Collector& pages);
void booking_pages(Collector& pages);
// Whoever looks after the terminal, and the notice of a pause.
void technician_pages(Collector& pages);
// The wizard, decision by decision.
void set_up_pages(Collector& pages);
// Help, comfort, “still there?” and “leave?” over the pages collected so far.
void overlays(Collector& pages);

}  // namespace app::training::gallery
