// The papers as another program reads them: pdftotext for what stands on them, pdftoppm and ZXing
// for the code. Set CW_KEEP_PAPERS to a folder to look at them.
#include "documents/documents.hpp"

#include "base/bytes.hpp"
#include "drivers/qr/reading/code_library.hpp"

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <sstream>

extern char** environ;

namespace {

using base::Locale;
using documents::LetterDocument;
using documents::Pdf;
using documents::ReceiptDocument;

void run(std::vector<std::string> command) {
    std::vector<char*> arguments;
    for (auto& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    ASSERT_EQ(posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ), 0);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_EQ(status, 0) << command[0];
}

class papers : public testing::Test {
  protected:
    papers() : folder_(testing::TempDir() + "cw_papers_" + std::to_string(::getpid())) {
        if (const char* kept = ::getenv("CW_KEEP_PAPERS")) folder_ = kept, keep_ = true;
        std::filesystem::create_directories(folder_);
    }
    ~papers() override {
        if (!keep_) std::filesystem::remove_all(folder_);
    }

    std::string save(const Pdf& pdf) {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        const std::string path = folder_ + "/" + test->name() + ".pdf";
        EXPECT_TRUE(base::write_file(path, *pdf.bytes));
        return path;
    }
    std::string read(const std::string& path) {
        return std::string(base::as_text(base::read_file(path).value()));
    }
    // Without the spaces and line ends that layout puts in.
    static std::string squeezed(std::string text) {
        std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
        return text;
    }
    std::string text_of(const Pdf& pdf) {
        const auto path = save(pdf);
        run({"pdftotext", "-raw", "-enc", "UTF-8", path, path + ".txt"});
        return read(path + ".txt");
    }
    void expect_says(const std::string& text, const std::vector<std::string>& wanted) {
        for (const auto& each : wanted)
            EXPECT_NE(squeezed(text).find(squeezed(each)), std::string::npos) << each << "\n"
                                                                              << text;
    }
    struct Picture {
        int width = 0, height = 0;
        std::string grey;
        long dark_pixels() const {
            return std::count_if(grey.begin(), grey.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 128; });
        }
    };
    Picture first_page_of(const Pdf& pdf, const std::string& dots_per_inch) {
        const auto path = save(pdf);
        run({"pdftoppm", "-r", dots_per_inch, "-gray", "-singlefile", path, path});
        std::string file = read(path + ".pgm");
        std::istringstream head(file);
        std::string magic;
        Picture picture;
        int depth = 0;
        head >> magic >> picture.width >> picture.height >> depth;
        picture.grey = file.substr(static_cast<std::size_t>(head.tellg()) + 1);
        return picture;
    }
    // What ZXing reads from page one at the resolution of a plain scan.
    std::string code_of(const Pdf& pdf, const std::string& dots_per_inch) {
        const auto picture = first_page_of(pdf, dots_per_inch);
        return drivers::qr::read_code(
                   {picture.width, picture.height, {picture.grey.begin(), picture.grey.end()}})
            .value_or("no code");
    }

    std::string folder_;
    bool keep_ = false;
};

const std::string receipt_code =
    "CW1."
    "eyJuIjoiTDNLNzkwRjI2MVFYIiwidCI6Ijg4ZDVmMmE3YjBjNDRlMTE5YTNmNWUwN2M2MWI5ZDIyIiwibSI6IjdmM2E5"
    "YjJjNGQ1ZTZmNzA4MTkyYTNiNGM1ZDZlN2Y4MDkxYTJiM2M0ZDVlNmY3IiwiYyI6MiwiayI6InQxIn0."
    "9rX2vQm8sT1uYwZ4"
    "kLpN7bHcJdFgRaSeXoViUyTqWm3n5b7v9c1x";

ReceiptDocument receipt() {
    ReceiptDocument slip;
    slip.organisation = "示例县政务服务中心";
    slip.title = "材料封存回执";
    slip.state_sentence = "已封存在本机，尚未送达";
    slip.explanation = {
        "材料已加密封存在本机，联网后自动送到中心；是否受理由中心另行告知，收件时间以中心为准。"};
    slip.rows = {{"办理事项", "高龄津贴申领", false},
                 {"本机编号", "L3K7 90F2 61QX", true},
                 {"申请人", "**𠅤", false},
                 {"封存时间", "2026年11月22日 09:46", false},
                 {"申请日期", "按封存日期计（本事项规定）", false},
                 {"下一步", "中心收到后 5 个工作日内告知是否受理，要补的一次说清", false}};
    slip.qr_text = receipt_code;
    slip.qr_caption = {"送达后扫码查进度", "码里没有个人信息"};
    slip.footer = {"咨询电话 0000-12345 · 窗口时间 周一至周五 9:00–17:00",
                   "您的信息送达中心后从本机删除，最迟保留到送达为止"};
    return slip;
}

// A brush's 王, wide and light, as a finger draws it.
domain::Strokes signature() {
    domain::Strokes strokes{2.6, {}};
    const auto stroke = [&](float x1, float y1, float x2, float y2) {
        std::vector<domain::StrokePoint> line;
        for (int i = 0; i <= 8; ++i) {
            const float t = static_cast<float>(i) / 8;
            line.push_back({x1 + (x2 - x1) * t, y1 + (y2 - y1) * t + 0.03F * std::sin(t * 3.1F)});
        }
        strokes.lines.push_back(line);
    };
    stroke(0.12F, 0.25F, 0.36F, 0.22F);
    stroke(0.14F, 0.5F, 0.34F, 0.48F);
    stroke(0.24F, 0.24F, 0.24F, 0.8F);
    stroke(0.08F, 0.82F, 0.4F, 0.78F);
    stroke(0.55F, 0.15F, 0.6F, 0.3F);
    stroke(0.8F, 0.12F, 0.72F, 0.3F);
    stroke(0.5F, 0.4F, 0.88F, 0.37F);
    stroke(0.55F, 0.6F, 0.82F, 0.58F);
    stroke(0.46F, 0.86F, 0.94F, 0.82F);
    return strokes;
}

LetterDocument letter() {
    LetterDocument paper;
    paper.organisation = "示例县政务服务中心";
    paper.title = "告知承诺书";
    paper.item_name = "高龄津贴申领";
    paper.basis = "依据：示例县高龄津贴发放办法第六条 · 模板版本 3";
    paper.conditions_heading = "第一部分 告知：申报条件";
    paper.conditions = {
        "年满 80 周岁（可以提前 31 天申请），户籍在示例县。", "没有在其他地方领取同类津贴。",
        "需要申请审批表、身份证、户口簿、账号和近期一寸照片；户口簿免提交，照片可在 10 天内补交。",
        "作出承诺的，不再要户籍和未领同类津贴的证明，由中心事后核查；不愿承诺的，按一般程序办，先核"
        "材料。"};
    paper.consequences_heading = "第二部分 告知：承诺不实的后果";
    paper.consequences = {"中心会在发放后核查，方式有部门数据比对、村（社区）走访。",
                          "承诺不实的，停发津贴，退回已领部分，并记入信用记录。",
                          "照片没有按时补交的，本次申请终止，补齐后可以再申请。"};
    paper.application_heading = "第三部分 申请表";
    paper.application = {{"姓名", "王𬱖兰", true},
                         {"身份证号码", "000101 19410203 0121", false},
                         {"出生日期", "1941年2月3日", false},
                         {"所在村（社区）", "示例县 · 示例镇 · 示例村", false},
                         {"门牌或住址", "三组大塘边𠮷屋 8 号", false},
                         {"手机号码", "138 0013 8000", false},
                         {"同类津贴", "没有领", false},
                         {"领款方式", "社会保障卡", false},
                         {"开户银行", "示例县农村商业银行", false},
                         {"账号", "6222 0212 3456 7890 128", false},
                         {"确认方式", "村（社区）工作人员上门看望", false}};
    paper.clauses_heading = "我郑重承诺";
    paper.clauses = {{"一、申请表中我填写的内容真实、准确。", true},
                     {"二、没有在其他地方领取同类津贴；在领的，批准后停领。", true},
                     {"三、迁出本县或情况有变化时，30 日内告知村（社区）。", true},
                     {"四、如承诺不实：停发津贴，退回已领部分，并记入信用记录。", true}};
    paper.choice = "我愿意承诺";
    paper.signature_label = "签名";
    paper.signature = base::Secret<domain::Strokes>(signature());
    paper.date_text = "2026年11月22日";
    paper.reference = "00112233445566778899aabbccddeeff";
    return paper;
}

TEST_F(papers, the_receipt_says_everything_on_one_page) {
    const auto pdf = documents::render_receipt(receipt());
    ASSERT_TRUE(pdf);
    EXPECT_EQ(pdf->pages, 1);
    const auto slip = receipt();
    const auto text = text_of(*pdf);
    expect_says(text, {slip.organisation, slip.title, slip.state_sentence, "演示"});
    expect_says(text, slip.explanation);
    for (const auto& row : slip.rows) expect_says(text, {row.label, row.value});
    expect_says(text, slip.qr_caption);
    expect_says(text, slip.footer);
}

TEST_F(papers, every_printer_that_takes_pdf_reads_them) {
    const auto pdf = documents::render_receipt(receipt());
    ASSERT_TRUE(pdf.has_value());
    const auto text = base::as_text(*pdf->bytes);
    EXPECT_TRUE(text.starts_with("%PDF-1.4\n")) << text.substr(0, 9);
    EXPECT_EQ(text.find("/ObjStm"), std::string_view::npos)
        << "objects hidden in streams (PDF 1.5)";
}

TEST_F(papers, a_receipt_in_service_has_no_training_mark) {
    auto slip = receipt();
    slip.training = false;
    EXPECT_EQ(text_of(documents::render_receipt(slip).value()).find("演示"), std::string::npos);
}

TEST_F(papers, the_code_on_the_receipt_scans_to_the_exact_text) {
    const auto pdf = documents::render_receipt(receipt()).value();
    EXPECT_EQ(code_of(pdf, "200"), receipt_code);
}

TEST_F(papers, a_receipt_in_english_keeps_to_its_page_however_long) {
    auto slip = receipt();
    slip.locale = Locale::en;
    slip.organisation = "Sample County Government Service Centre";
    slip.title = "Slip: application kept";
    slip.state_sentence = "Kept on this machine, not yet delivered";
    slip.explanation = {
        "Your application is sealed here and sent by itself; the centre tells you separately "
        "whether it is accepted."};
    for (auto& row : slip.rows)
        if (!row.strong)
            row.value +=
                " Within 5 working days of receiving it the centre says whether it accepts, and "
                "tells you at once of anything missing";
    const auto pdf = documents::render_receipt(slip).value();
    EXPECT_EQ(pdf.pages, 1);
    expect_says(text_of(pdf), {"TRAINING", slip.state_sentence, slip.rows.back().value});
    EXPECT_EQ(code_of(pdf, "200"), receipt_code);
}

// What ZXing reads from the dots as they lie on the paper, a grey border round them.
std::string scanned(const domain::BitPicture& slip) {
    constexpr int border = 20;
    const int width = slip.width + 2 * border, height = slip.height + 2 * border;
    std::vector<std::uint8_t> grey(
        static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 230);
    for (int y = 0; y < slip.height; ++y)
        for (int x = 0; x < slip.width; ++x)
            if (slip.is_black(x, y))
                grey[static_cast<std::size_t>(y + border) * static_cast<std::size_t>(width) +
                     static_cast<std::size_t>(x + border)] = 40;
    return drivers::qr::read_code({width, height, std::move(grey)}).value_or("no code");
}

int black_dots(const domain::BitPicture& slip) {
    int dots = 0;
    for (int y = 0; y < slip.height; ++y)
        for (int x = 0; x < slip.width; ++x) dots += slip.is_black(x, y);
    return dots;
}

TEST_F(papers, the_slip_of_a_receipt_printer_is_as_wide_as_its_paper_and_its_code_scans) {
    for (const int dots : {384, 576}) {
        const auto slip = documents::render_slip(receipt(), dots).value();
        EXPECT_EQ(slip->width, dots);
        EXPECT_EQ(slip->bits.size(), slip->row_bytes() * static_cast<std::size_t>(slip->height));
        EXPECT_EQ(scanned(*slip), receipt_code) << dots;
        EXPECT_LT(slip->height, 250 * 8) << dots;  // a quarter of a metre is too long to keep
    }
}

TEST_F(papers, a_slip_in_english_is_longer_and_not_cut_off) {
    auto long_one = receipt();
    long_one.locale = Locale::en;
    long_one.footer.push_back(
        "Within 5 working days of receiving it the centre says whether it "
        "accepts, and tells you at once of anything missing");
    const auto shorter = documents::render_slip(receipt(), 384).value();
    const auto longer = documents::render_slip(long_one, 384).value();
    EXPECT_GT(longer->height, shorter->height);
    EXPECT_EQ(scanned(*longer), receipt_code);
    // The last rows are paper, not letters cut in half.
    auto last = *longer;
    last.height = 4;
    last.bits.assign(longer->bits.end() - static_cast<std::ptrdiff_t>(4 * last.row_bytes()),
                     longer->bits.end());
    EXPECT_EQ(black_dots(last), 0);
}

TEST_F(papers, a_slip_says_that_it_is_a_copy_and_whether_it_is_training) {
    auto service = receipt();
    service.training = false;
    auto copy = receipt();
    copy.title += "（副本）";
    const auto plain = documents::render_slip(receipt(), 576).value();
    EXPECT_GT(plain->height, documents::render_slip(service, 576).value()->height);
    EXPECT_GT(black_dots(*documents::render_slip(copy, 576).value()), black_dots(*plain));
}

TEST_F(papers, a_code_that_no_camera_could_read_from_a_slip_is_refused) {
    auto slip = receipt();
    slip.qr_text = std::string(1800, 'x');
    EXPECT_FALSE(documents::render_slip(slip, 384));
}

TEST_F(papers, the_letter_says_everything_with_rare_characters_and_page_numbers) {
    const auto paper = letter();
    const auto pdf = documents::render_letter(paper);
    ASSERT_TRUE(pdf);
    const auto text = text_of(*pdf);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\f'), pdf->pages);
    for (int page = 1; page <= pdf->pages; ++page)
        expect_says(text,
                    {"第" + std::to_string(page) + "页，共" + std::to_string(pdf->pages) + "页"});
    expect_says(text, {paper.organisation, paper.title, paper.item_name, paper.basis,
                       paper.conditions_heading, paper.consequences_heading,
                       paper.application_heading, paper.clauses_heading, paper.choice,
                       paper.signature_label, paper.date_text, paper.reference});
    expect_says(text, paper.conditions);
    expect_says(text, paper.consequences);
    for (const auto& row : paper.application) expect_says(text, {row.label, row.value});
    for (const auto& clause : paper.clauses) expect_says(text, {clause.text});
}

documents::NoticeDocument notice() {
    documents::NoticeDocument paper;
    paper.organisation = "示例县政务服务中心";
    paper.title = "一次性告知单";
    paper.item_name = "高龄津贴申领";
    paper.version = "事项编码 990511001000 · 目录版本 3";
    paper.statement = "按您的回答，需要下面这些材料";
    paper.sections = {{"您的回答", {{"您的户籍在哪里？", "本县", false}}},
                      {"要准备的材料", {{"居民身份证", "带原件，在本机读取", false}}},
                      {"哪里可以问", {{"咨询电话", "0000-12345", true}}, false}};
    paper.qr_text = "https://zwfw.example.com/guide/990511001000";
    paper.qr_caption = {"办事指南的码"};
    paper.footer = {"打印时间 2026年11月22日 09:41 · 终端编号 000101001001001"};
    return paper;
}

TEST_F(papers, the_notice_says_everything_on_as_many_pages_as_it_takes_and_its_code_scans) {
    auto paper = notice();
    const auto one = documents::render_notice(paper).value();
    EXPECT_EQ(one.pages, 1);
    EXPECT_EQ(code_of(one, "200"), paper.qr_text);
    for (int i = 0; i < 60; ++i)
        paper.sections[1].rows.push_back({"材料" + std::to_string(i), "带原件和复印件", false});
    const auto pdf = documents::render_notice(paper).value();
    EXPECT_GT(pdf.pages, 1);
    const auto text = text_of(pdf);
    expect_says(text, {paper.organisation, paper.title, paper.item_name, paper.version,
                       paper.statement, paper.qr_caption.front(), paper.footer.front()});
    for (const auto& section : paper.sections) {
        expect_says(text, {section.heading});
        for (const auto& row : section.rows) expect_says(text, {row.label, row.value});
    }
}

TEST_F(papers, the_notice_for_a_receipt_printer_is_one_strip) {
    for (const int dots : {384, 576}) {
        const auto strip = documents::render_notice_slip(notice(), dots);
        ASSERT_TRUE(strip) << dots;
        EXPECT_EQ((**strip).width, dots);
        EXPECT_GT((**strip).height, dots);
    }
}

TEST_F(papers, a_sheet_of_codes_has_every_name_and_goes_on_to_a_second_page) {
    documents::CodeSheetDocument sheet;
    sheet.organisation = "示例县政务服务中心";
    sheet.title = "办事指南二维码";
    sheet.note = "扫码打开办事指南";
    sheet.footer = "版本 1";
    for (int i = 0; i < 16; ++i)
        sheet.entries.push_back({"事项" + std::to_string(100 + i), "9905110010" + std::to_string(i),
                                 "CWG1:9905110010" + std::to_string(i)});
    const auto pdf = documents::render_code_sheet(sheet).value();
    EXPECT_EQ(pdf.pages, 2);
    const auto text = text_of(pdf);
    for (const auto& entry : sheet.entries) expect_says(text, {entry.name, entry.note});
}

// The share of a page's pixels that are not paper.
double inked(const domain::Picture& page) {
    const auto dark = std::count_if(page.rgb.begin(), page.rgb.end(),
                                    [](std::uint8_t value) { return value < 200; });
    return static_cast<double>(dark) / static_cast<double>(page.rgb.size());
}

TEST_F(papers, the_letter_to_look_at_has_the_pages_of_the_printed_one) {
    auto paper = letter();
    for (int i = 0; i < 30; ++i) paper.conditions.push_back("再添一条，使它超过一页。");
    const auto printed = documents::render_letter(paper).value();
    const auto seen = documents::picture_letter(paper, 500).value();
    ASSERT_EQ(static_cast<int>(seen.size()), printed.pages);
    for (const auto& page : seen) {
        EXPECT_EQ(page->width, 500);
        EXPECT_NEAR(page->height, 500 * 297 / 210, 1);
        EXPECT_GT(inked(*page), 0.01) << "something is written on it";
        EXPECT_LT(inked(*page), 0.3);
    }
}

TEST_F(papers, a_witness_and_a_thumb_print_stand_where_the_signature_stands) {
    auto paper = letter();
    paper.witness_label = "见证人";
    paper.witness_text = "我亲眼看到申请人本人在承诺书上画了记号，代替签名。李小满";
    paper.witness_signature = base::Secret<domain::Strokes>(signature());
    expect_says(text_of(documents::render_letter(paper).value()),
                {paper.witness_label, paper.witness_text});
    auto thumb = letter();
    thumb.signature = {};
    const auto without = documents::picture_letter(thumb, 500).value();
    thumb.thumb_print =
        base::Secret<domain::GreyPicture>({160, 200, std::vector<std::uint8_t>(160 * 200, 90)});
    const auto with = documents::picture_letter(thumb, 500).value();
    ASSERT_EQ(with.size(), without.size());
    EXPECT_GT(inked(*with.back()), inked(*without.back()) + 0.01);
}

TEST_F(papers, a_long_letter_breaks_over_pages_and_loses_no_line) {
    auto paper = letter();
    for (int i = 0; i < 40; ++i) {
        paper.conditions.push_back("附加条件第" + std::to_string(i) + "条，逐条说明，不省略。");
        paper.application.push_back({"附加项" + std::to_string(i), std::string(30, '8'), false});
    }
    paper.conditions.push_back("");
    for (int i = 0; i < 3000; ++i) paper.conditions.back() += "长";
    const auto pdf = documents::render_letter(paper).value();
    EXPECT_GT(pdf.pages, 4);
    const auto text = text_of(pdf);
    for (int i = 0; i < 40; ++i)
        expect_says(text, {"附加条件第" + std::to_string(i) + "条，逐条说明，不省略。",
                           "附加项" + std::to_string(i)});
    std::size_t found = 0;
    for (auto at = text.find("长"); at != std::string::npos; at = text.find("长", at + 1)) ++found;
    EXPECT_EQ(found, 3000u);
    expect_says(text, {paper.date_text});
}

TEST_F(papers, names_from_every_plane_are_printed_with_a_glyph) {
    auto paper = letter();
    // Extensions A, B, D, E, F and the middle dot of minority names.
    const std::string rare = "䶮𠮷𠅤𫟽𬌗𬱖𬼀·阿依";
    paper.application = {{"姓名", rare, false}};
    const auto pdf = documents::render_letter(paper).value();
    expect_says(text_of(pdf), {rare});
}

// Cairo's own subsets of Noto Sans CJK leave 如 blank although the text is there to be copied.
TEST_F(papers, a_character_that_can_be_copied_is_also_drawn) {
    const auto ink = [&](const std::string& value) {
        auto paper = letter();
        paper.training = false;
        paper.application = {{"姓名", value, false}};
        return first_page_of(documents::render_letter(paper).value(), "150").dark_pixels();
    };
    const long blank = ink("");
    for (const char* character : {"如", "一", "𠅤", "𬱖", "8"})
        EXPECT_GT(ink(character), blank + 10) << character;
}

TEST_F(papers, the_files_name_no_person) {
    const auto path = save(documents::render_letter(letter()).value());
    const std::string raw = read(path);
    EXPECT_EQ(raw.find("王"), std::string::npos);
    EXPECT_EQ(raw.find("19410203"), std::string::npos);
}

TEST_F(papers, a_letter_without_a_signature_still_prints) {
    auto paper = letter();
    paper.signature = {};
    EXPECT_TRUE(documents::render_letter(paper));
    paper.signature = base::Secret<domain::Strokes>(domain::Strokes{1, {{}, {{0.5F, 0.5F}}}});
    EXPECT_TRUE(documents::render_letter(paper));
}

TEST(qr, refuses_what_no_code_holds_and_draws_its_finders) {
    EXPECT_FALSE(documents::qr_modules(std::string(5000, 'x')));
    EXPECT_FALSE(documents::qr_modules(""));
    const auto code = documents::qr_modules("CW1.test").value();
    EXPECT_EQ(code.dark.size(), static_cast<std::size_t>(code.size * code.size));
    for (int i = 0; i < 7; ++i) EXPECT_TRUE(code.dark[static_cast<std::size_t>(i)]);
    EXPECT_FALSE(code.dark[7]);
}

}  // namespace
