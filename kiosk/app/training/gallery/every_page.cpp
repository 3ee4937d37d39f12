#include "app/training/gallery/every_page.hpp"

#include "app/training/gallery/sample_walks.hpp"

namespace app::training::gallery {

std::vector<SamplePage> every_page() {
    Collector pages;
    first_pages(pages);
    service_pages(pages);
    take_along_pages(pages);
    identifying_pages(pages);
    form_pages(pages);
    signing_pages(pages);
    closing_pages(pages);
    proof_pages(pages);
    progress_pages(pages);
    voice_pages(pages);
    case_life_pages(pages);
    pay_pages(pages);
    booking_pages(pages);
    technician_pages(pages);
    set_up_pages(pages);
    overlays(pages);
    return pages.take();
}

std::vector<Mode> every_mode() {
    const auto with = [](auto change) {
        domain::Comfort comfort;
        change(comfort);
        return comfort;
    };
    using domain::Comfort;
    return {
        {"standard", {"标准", "Standard"}, {}},
        {"large", {"大字", "Large"}, with([](Comfort& c) { c.text = domain::TextSize::large; })},
        {"largest", {"特大字", "Largest"}, with([](Comfort& c) {
             c.text = domain::TextSize::largest;
         })},
        {"elder", {"长辈模式", "Elder mode"}, Comfort::for_elders()},
        {"high_contrast", {"高对比度", "High contrast"}, with([](Comfort& c) {
             c.contrast = domain::Contrast::high;
         })},
        {"low", {"低位显示", "Low controls"}, with([](Comfort& c) { c.low = true; })},
        {"left_hand", {"左手", "Left hand"}, with([](Comfort& c) { c.left_hand = true; })},
    };
}

std::vector<Panel> every_panel() {
    // 21.5" at 1080×1920 both ways; 15.6" at 1366×768 has 100.45 ppi.
    return {{"portrait", 1080, 1920, 4.034F, {"竖屏 1080×1920", "Portrait 1080×1920"}},
            {"landscape", 1920, 1080, 4.034F, {"横屏 1920×1080", "Landscape 1920×1080"}},
            {"small", 1366, 768, 3.955F, {"小横屏 1366×768", "Small 1366×768"}}};
}

Page page_of(const SamplePage& sample, const Mode& mode, base::Locale locale) {
    session::Session session = sample.session;
    session.comfort = mode.comfort;
    session.locale = locale;
    const auto* pack = sample.pack != nullptr ? sample.pack : &samples::pack();
    return present({session, sample.in_service ? pack : nullptr, sample.terminal.settings,
                    sample.terminal.health, sample.post, sample.terminal.now, false, sample.machine,
                    sample.notice});
}

}  // namespace app::training::gallery
