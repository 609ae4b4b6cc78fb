"""Words too common to search for, in folded form. Short on purpose: a field word stays."""

STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a an and are as at be been but by can could did do does for from had has"
        " have he her his how i if in into is it its me my no not of on or our she so"
        " some such than that the their them then there these they this to too us was"
        " we were what when where which who why will with would you your",
        "fr": "a ai as au aux avec avez avons c ce ces cet cette ceux chez d dans de des"
        " du elle elles en es est et etre eu il ils j je l la le les leur leurs lui m ma"
        " mais me mes mon n ne nos notre nous on ont ou par pas pour qu que quel quelle"
        " qui s sa sans se ses si son sont sur t ta te tes ton tu un une vos votre vous"
        " y comment quand",
        "es": "a al algo como con cual cuando de del desde donde e el ella ellas ellos"
        " en entre era es esa ese eso esta este esto fue ha han hasta hay la las le les"
        " lo los me mi mis muy ni no nos o para pero por porque que quien se ser si sin"
        " sobre son su sus te tu tus un una uno unos y ya yo",
        "pt": "a ao aos as com como da das de do dos e ela ele eles em entre era essa"
        " esse esta este eu foi ha isso ja lhe mais mas me meu minha na nas no nos num"
        " numa nao o os ou para pela pelo por qual quando que quem se sem ser seu sua"
        " sao um uma voce",
        "ar": "في من على الي عن مع هذا هذه ذلك تلك التي الذي ما لا ان او ثم كل قد هو"
        " هي هم كما بعد قبل عند بين و يا كيف متي هل لم لن اذا حتي",
        "ru": "и в во не что он на я с со как а то все она так его но да ты к у же вы"
        " за бы по от меня еще нет о из ему или для при мы их чем это эти",
        "hi": "का के की को में से पर है हैं और या यह वह इस उस एक ने भी तो ही नहीं कि जो था थी थे",
        "sw": "na ya wa kwa ni za la cha vya katika kama au hii hiyo huu si je pia",
        "de": "der die das und oder in im ist sind ein eine einer zu zum zur mit von auf"
        " fur als auch an bei nicht es ich wir sie wie was wann",
        "it": "il lo la i gli le e o di a da in con su per tra fra un una uno che non si"
        " come quando sono del della dei delle al alla nel nella",
    }.items()
}
