# What is recommended comes along where it can; what cannot is left out without a word.
repo system 0 empty
repo one 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: a 1 1 noarch
#>=Prv: a = 1-1
#>=Rec: good
#>=Rec: bad
#>=Sug: suggested
#>=Pkg: good 1 1 noarch
#>=Prv: good = 1-1
#>=Pkg: bad 1 1 noarch
#>=Prv: bad = 1-1
#>=Con: a
#>=Pkg: suggested 1 1 noarch
#>=Prv: suggested = 1-1
#>=Pkg: supplement 1 1 noarch
#>=Prv: supplement = 1-1
#>=Sup: a
system x86_64 rpm system
job install name a
result transaction,problems <inline>
#>install a-1-1.noarch@one
#>install good-1-1.noarch@one
#>install supplement-1-1.noarch@one
nextjob
solverflags ignorerecommended
job install name a
result transaction,problems <inline>
#>install a-1-1.noarch@one
