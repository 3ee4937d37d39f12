// The tests of what prints and of what looks at paper (ux.md T06, T07).
#include "documents/test_page.hpp"
#include "provisioning/technician/device_test_tools.hpp"

#include <fmt/format.h>

namespace provisioning::technician {

using domain::DeviceKind;

namespace {

constexpr int slip_dots_of_narrow_paper = 384;  // fits on wide paper, too

enum class PrintEnd { well, untold, ill };

PrintEnd end_of_printing(Bench& bench, DevicesAtWork& work) {
    bench.say("正在打印测试页");
    const auto finished =
        work.next_of<drivers::PrintFinished>(bench.stop, bench.patience, bench.clock);
    if (!finished) {
        bench.say("打印没有结果");
        return PrintEnd::ill;
    }
    if (!finished->outcome) {
        bench.say("没有打印成：" + reason(finished->outcome.error()));
        return PrintEnd::ill;
    }
    switch (*finished->outcome) {
        case drivers::PrintOutcome::printed:
            bench.say("打印机说打完了，请看纸上的字和码");
            return PrintEnd::well;
        case drivers::PrintOutcome::spoiled:
            bench.say("这一张打坏了");
            return PrintEnd::ill;
        case drivers::PrintOutcome::unknown:
            break;
    }
    bench.say("打印机没有说打没打成，请看出纸口");
    return PrintEnd::untold;
}

// A page that was read again was printed, also where the printer cannot tell.
bool came_out(Bench& bench, DevicesAtWork& work, const std::string& code) {
    const auto end = end_of_printing(bench, work);
    if (end == PrintEnd::ill) return false;
    return read_back(bench, work, code) || end == PrintEnd::well;
}

const char* in_words(domain::SheetGuidance guidance) {
    switch (guidance) {
        case domain::SheetGuidance::lens_covered:
            return "镜头被挡住";
        case domain::SheetGuidance::no_sheet:
            return "没有看到纸";
        case domain::SheetGuidance::several_sheets:
            return "不止一张纸";
        case domain::SheetGuidance::cut_off:
            return "纸没有全在画面里";
        case domain::SheetGuidance::too_far:
            return "太远";
        case domain::SheetGuidance::slanted:
            return "歪得太多";
        case domain::SheetGuidance::too_dark:
            return "太暗";
        case domain::SheetGuidance::glare:
            return "反光";
        case domain::SheetGuidance::blurred:
            return "模糊";
        case domain::SheetGuidance::good:
            break;
    }
    return "可以拍";
}

bool prints_a_page(Bench& bench, DevicesAtWork& work) {
    if (!works(bench, work, DeviceKind::document_printer)) return false;
    const auto code = bench.draw_code();
    auto page = documents::render_receipt(documents::test_page(false, code));
    if (!page) {
        bench.say("测试页画不出来：" + reason(page.error()));
        return false;
    }
    work.devices().document_printer->print(test_ticket,
                                           {"test", page->pages, std::move(page->bytes)});
    return came_out(bench, work, code);
}

bool prints_a_slip(Bench& bench, DevicesAtWork& work) {
    if (!works(bench, work, DeviceKind::receipt_printer)) return false;
    const auto code = bench.draw_code();
    auto slip =
        documents::render_slip(documents::test_page(false, code), slip_dots_of_narrow_paper);
    if (!slip) {
        bench.say("测试页画不出来：" + reason(slip.error()));
        return false;
    }
    work.devices().receipt_printer->print(test_ticket, {"test", 1, {}, false, std::move(*slip)});
    return came_out(bench, work, code);
}

}  // namespace

// What stands written is looked at last, so that the page just printed is in it.
bool test_printer(Bench& bench, DevicesAtWork& work) {
    const bool printed = prints_a_page(bench, work);
    return say_findings(findings_about(DeviceKind::document_printer, bench.paper), bench.say) &&
           printed;
}

bool test_receipt_printer(Bench& bench, DevicesAtWork& work) {
    const bool printed = prints_a_slip(bench, work);
    return say_findings(findings_about(DeviceKind::receipt_printer, bench.paper), bench.say) &&
           printed;
}

bool test_document_camera(Bench& bench, DevicesAtWork& work) {
    if (!works(bench, work, DeviceKind::document_camera)) return false;
    auto& camera = *work.devices().document_camera;
    camera.start(test_ticket);
    bench.say("请在高拍仪下面放一张 A4 纸");
    const auto until = bench.clock.steady() + bench.patience;
    bool good = false;
    for (auto left = bench.patience; left.count() > 0 && !good;
         left = until - bench.clock.steady()) {
        const auto seen = work.next_of<drivers::SheetSeen>(bench.stop, left, bench.clock);
        if (!seen) break;
        bench.say(in_words(seen->guidance));
        good = seen->guidance == domain::SheetGuidance::good;
    }
    if (good) camera.capture(test_ticket);
    const auto captured =
        good ? work.next_of<drivers::DocumentCaptured>(bench.stop, bench.patience, bench.clock)
             : std::nullopt;
    camera.stop();
    if (!captured) {
        bench.say("没有拍成");
        return false;
    }
    if (!captured->sheet) {
        bench.say("没有拍成：" + reason(captured->sheet.error()));
        return false;
    }
    if (!captured->sheet->page) {
        bench.say(fmt::format("没有拍成：{}", in_words(captured->sheet->guidance)));
        return false;
    }
    bench.say("拍到一页，图像没有保存");
    return true;
}

}  // namespace provisioning::technician
