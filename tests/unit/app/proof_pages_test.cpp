// The pages of a paper that the centre makes out, and what is taken for genuine.
#include "app/genuine_paper.hpp"
#include "offline/sealing/suites/suite.hpp"
#include "page_of.hpp"

#include <gtest/gtest.h>

namespace app {
namespace {

using session::samples::Walker;

offline::questions::ProofTold told(std::string pdf, int pages = 1) {
    offline::questions::ProofTold out;
    auto paper = session::samples::proof_paper();
    paper.pages = pages;
    paper.pdf = base::Secret<base::Bytes>(base::to_bytes(pdf));
    out.sha256 = base::to_hex(offline::sealing::digest(domain::SuiteId::one, *paper.pdf));
    out.answer = {domain::ProofOutcome::here, std::move(paper)};
    return out;
}

const std::string one_page = "%PDF-1.4\n<< /Type /Pages >>\n<< /Type /Page /Parent 1 0 R >>\n";

base::FaultCode refused(offline::questions::ProofTold paper) {
    const auto seen = genuine(std::move(paper));
    EXPECT_FALSE(seen);
    return seen ? base::FaultCode::InternalError : seen.error().code;
}

TEST(genuine_paper, what_is_as_it_was_said_to_be_is_printed) {
    const auto seen = genuine(told(one_page));
    ASSERT_TRUE(seen);
    EXPECT_EQ(base::as_text(*seen->paper->pdf), one_page);
    EXPECT_TRUE(genuine(told("%PDF-1.7 its pages lie in compressed streams", 20)));
}

TEST(genuine_paper, a_wrong_digest_another_file_and_odd_pages_are_not) {
    using base::FaultCode;
    auto wrong = told(one_page);
    wrong.sha256[0] = wrong.sha256[0] == '0' ? '1' : '0';
    EXPECT_EQ(refused(wrong), FaultCode::PaperNotGenuine);
    EXPECT_EQ(refused(told("GIF89a")), FaultCode::PaperNotGenuine);
    EXPECT_EQ(refused(told(one_page, 2)), FaultCode::PaperNotGenuine);
    EXPECT_EQ(refused(told("%PDF-1.7", 0)), FaultCode::PaperNotGenuine);
    EXPECT_EQ(refused(told("%PDF-1.7", 21)), FaultCode::PaperNotGenuine);
}

TEST(proof_pages, the_page_before_the_paper_says_what_will_be_printed) {
    const auto page = page_of(Walker{}.to_proof());
    const auto* card = block<ui::screens::KeyValues>(page);
    ASSERT_TRUE(card);
    std::string all;
    for (const auto& row : card->rows) all += row.value + "\n";
    EXPECT_NE(all.find("社会保险参保缴费证明"), std::string::npos);
    EXPECT_NE(all.find("SBZM 2026 1122 9"), std::string::npos);
    EXPECT_NE(all.find("2027年2月22日"), std::string::npos);
    EXPECT_TRUE(page.on_press.contains("proof_print"));
}

TEST(proof_pages, every_page_without_a_paper_gives_a_way_on) {
    using domain::ProofOutcome;
    for (const auto outcome : {ProofOutcome::none, ProofOutcome::not_now, ProofOutcome::used_up}) {
        Walker walker = Walker{}.to_proof_asked();
        walker.on(session::ProofAnswered{walker.in<flows::AskingForProof>()->ticket,
                                         domain::ProofAnswer{outcome, std::nullopt}});
        const auto page = page_of(walker);
        const auto* notice = block<ui::screens::Notice>(page);
        ASSERT_TRUE(notice);
        std::string all;
        for (const auto& line : notice->lines) all += line;
        EXPECT_NE(all.find(session::samples::pack().telephone), std::string::npos);
        EXPECT_TRUE(page.on_press.contains("proof_leave"));
        EXPECT_EQ(page.on_press.contains("proof_again"), outcome == ProofOutcome::not_now);
        EXPECT_EQ(page.on_press.contains("proof_not_this"), outcome == ProofOutcome::none);
    }
}

}  // namespace
}  // namespace app
