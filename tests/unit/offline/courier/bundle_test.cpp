#include "courier_fixture.hpp"

#include <gtest/gtest.h>

namespace courier_test {
namespace {

class Bundles : public ::testing::TestWithParam<sealing::SuiteId> {
  protected:
    OutwardIndex outward() const {
        OutwardIndex index;
        index.realm = world.realm;
        index.id = base::random_bytes<16>();
        index.terminal = terminal_id;
        index.counter = 7;
        index.created_at = start;
        index.certificate = world.certificate.file;
        index.reply_to = reply.public_key;
        index.objects = {{1, 70000, {1}}, {4, 1, {2}}};
        return index;
    }
    ReturnIndex back() const {
        return {world.realm, base::random_bytes<16>(), terminal_id,
                start,       world.key_set_file(),     {{1, 9, {3}}}};
    }
    base::Result<OpenedOutward> open(base::ByteView sealed) const {
        return open_outward(sealed, world.realm, at_intake, world.pinned);
    }
    FindPair only(const sealing::KeyPair& pair) const {
        return [&pair](std::string_view) { return base::Result<sealing::KeyPair>(pair); };
    }

    World world{GetParam()};
    sealing::KeyPair reply = sealing::suite(GetParam()).new_sealing_pair().value();
    sealing::PublicKey intake_key = world.keys().sealing_key(start).value();
    FindPair at_intake = [this](std::string_view kid) { return world.intake.sealing_pair(kid); };
};

INSTANTIATE_TEST_SUITE_P(EverySuite, Bundles,
                         ::testing::Values(sealing::SuiteId::one, sealing::SuiteId::national));

TEST_P(Bundles, an_index_says_at_the_intake_what_the_terminal_wrote) {
    const auto written = outward();
    const auto read = open(seal(written, world.terminal_key, intake_key).value()).value();
    EXPECT_EQ(read.index.id, written.id);
    EXPECT_EQ(read.index.objects, written.objects);
    EXPECT_EQ(read.index.reply_to, written.reply_to);
    EXPECT_EQ(read.index.counter, 7);
    EXPECT_EQ(read.certificate.terminal, terminal_id);
}

TEST_P(Bundles, an_index_by_another_key_is_refused) {
    const auto stranger = sealing::SigningKey::generate(GetParam());
    const auto read = open(seal(outward(), stranger, intake_key).value());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, FaultCode::SignatureWrong);
}

TEST_P(Bundles, an_index_that_names_another_terminal_than_its_certificate_is_refused) {
    auto index = outward();
    index.terminal = "000101001001002";
    const auto read = open(seal(index, world.terminal_key, intake_key).value());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, FaultCode::SignatureWrong);
}

TEST_P(Bundles, an_index_of_the_other_realm_is_refused) {
    auto index = outward();
    index.realm = domain::Realm::service;
    const auto read = open(seal(index, world.terminal_key, intake_key).value());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, FaultCode::RealmMismatch);
}

TEST_P(Bundles, an_index_cut_anywhere_is_refused) {
    const auto sealed = seal(outward(), world.terminal_key, intake_key).value();
    for (std::size_t size = 0; size < sealed.size(); size += 37)
        EXPECT_FALSE(open(base::ByteView(sealed).first(size))) << size;
}

TEST_P(Bundles, objects_out_of_order_are_refused) {
    auto index = outward();
    std::swap(index.objects[0], index.objects[1]);
    const auto read = open(seal(index, world.terminal_key, intake_key).value());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, FaultCode::BytesMalformed);
}

TEST_P(Bundles, a_sealed_index_shows_no_terminal) {
    const auto sealed = seal(outward(), world.terminal_key, intake_key).value();
    EXPECT_EQ(base::as_text(sealed).find(terminal_id), std::string::npos);
}

TEST_P(Bundles, the_way_back_is_signed_by_a_receipt_key_and_sealed_to_the_bundle) {
    const auto written = back();
    const auto sealed = seal(written, world.receipt_key(), reply.public_key).value();
    const auto read = open_return(sealed, world.realm, only(reply)).value();
    EXPECT_TRUE(verify(read, world.keys()));
    EXPECT_EQ(read.index.id, written.id);
    EXPECT_EQ(read.index.key_set, written.key_set);
    EXPECT_EQ(read.index.objects, written.objects);
    const auto other = sealing::suite(GetParam()).new_sealing_pair().value();
    EXPECT_FALSE(open_return(sealed, world.realm, only(other)));
}

TEST_P(Bundles, a_return_signed_by_a_terminal_is_no_return) {
    const auto sealed = seal(back(), world.terminal_key, reply.public_key).value();
    const auto read = open_return(sealed, world.realm, only(reply)).value();
    EXPECT_FALSE(verify(read, world.keys()));
}

TEST(BundleNames, are_read_strictly) {
    const BundleId id = base::random_bytes<16>();
    EXPECT_EQ(outward_in(outward_folder(id)), id);
    EXPECT_EQ(return_in(return_folder(id)), id);
    EXPECT_FALSE(outward_in(return_folder(id)));
    EXPECT_FALSE(return_in(outward_folder(id)));
    EXPECT_FALSE(outward_in(outward_folder(id) + ".part"));
    EXPECT_FALSE(outward_in("cw-" + std::string(32, 'G')));
    EXPECT_FALSE(outward_in("cw-" + std::string(32, 'A')));  // another spelling of the same
}

TEST(ObjectLines, have_one_spelling) {
    const ObjectLine line{12, 3456, {1, 2, 3}};
    EXPECT_EQ(object_line(text(line)).value(), line);
    const std::string digest(64, '0');
    for (const std::string& wrong : std::vector<std::string>{
             "0 1 " + digest, "4097 1 " + digest, "1 0 " + digest, "1 1073741825 " + digest,
             "01 1 " + digest, "1 1 " + digest + "0", "1 1 ", std::string("1 1"), std::string(""),
             "-1 1 " + digest, "1  1 " + digest, "+1 1 " + digest})
        EXPECT_FALSE(object_line(wrong)) << wrong;
}

TEST(Items, come_out_as_they_went_in_however_they_are_cut) {
    base::Bytes all;
    const std::vector<base::Bytes> given{{1}, base::Bytes(70000, 2), {3, 3}};
    for (const auto& bytes : given) {
        const auto item = encode_item(ItemKind::receipt, bytes);
        all.insert(all.end(), item.begin(), item.end());
    }
    for (const std::size_t step : {std::size_t{1}, std::size_t{4096}, all.size()}) {
        std::vector<base::Bytes> found;
        ItemReader reader([&](ItemKind kind, base::ByteView bytes) -> base::Status {
            EXPECT_EQ(kind, ItemKind::receipt);
            found.emplace_back(bytes.begin(), bytes.end());
            return {};
        });
        for (std::size_t at = 0; at < all.size(); at += step)
            ASSERT_TRUE(
                reader.append(base::ByteView(all).subspan(at, std::min(step, all.size() - at))));
        EXPECT_TRUE(reader.finish());
        EXPECT_EQ(found, given);
    }
}

TEST(Items, that_are_cut_off_or_too_large_or_of_no_kind_are_refused) {
    const auto nothing = [](ItemKind, base::ByteView) { return base::Status{}; };
    ItemReader cut(nothing);
    const auto item = encode_item(ItemKind::submission, base::Bytes(9, 1));
    ASSERT_TRUE(cut.append(base::ByteView(item).first(item.size() - 1)));
    EXPECT_FALSE(cut.finish());
    EXPECT_FALSE(ItemReader(nothing).append(base::Bytes{0x7f, 0, 0, 0, 1}));
    EXPECT_FALSE(ItemReader(nothing).append(base::Bytes{0, 0, 0, 1, 4, 0}));
    EXPECT_FALSE(ItemReader(nothing).append(base::Bytes{0, 0, 0, 0, 1}));
}

TEST(Items, a_slice_keeps_its_place) {
    const base::Bytes bytes{7, 8, 9};
    const auto item = encode_slice({{5}, 1 << 20, bytes});
    const auto slice = slice_in(base::ByteView(item).subspan(5)).value();
    EXPECT_EQ(slice.attachment, sealing::AttachmentId{5});
    EXPECT_EQ(slice.offset, 1 << 20);
    EXPECT_EQ(base::Bytes(slice.bytes.begin(), slice.bytes.end()), bytes);
    EXPECT_FALSE(slice_in(base::Bytes(24)));
}

TEST(Ranges, say_the_same_numbers) {
    const std::vector<std::int64_t> numbers{1, 2, 3, 7, 9, 10};
    EXPECT_EQ(ranges(numbers), "1-3 7 9-10");
    EXPECT_EQ(numbers_in("1-3 7 9-10").value(), numbers);
    EXPECT_TRUE(numbers_in("").value().empty());
    for (const auto* wrong :
         {"0", "2-1", "1-1", "1 2", "3 1", "1-", "-1", " 1", "1 ", "1,2", "1-9999999999"})
        EXPECT_FALSE(numbers_in(wrong)) << wrong;
}

}  // namespace
}  // namespace courier_test
